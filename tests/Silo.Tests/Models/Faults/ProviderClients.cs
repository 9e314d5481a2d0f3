using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Models.OpenAI;
using OrleansChat.Testing.Faults.Recordings;

namespace OrleansChat.Silo.Tests.Models.Faults;

/// <summary>The product's client of each protocol: what the recordings are played to.</summary>
internal static class ProviderClients
{
    /// <summary>The key that clients send, which nothing may ever show.</summary>
    public const string Key = "sk-must-not-show";

    /// <summary>The protocols that there are clients of.</summary>
    public static IReadOnlyList<ProviderProtocol> Protocols { get; } = [ProviderProtocol.ChatCompletions];

    /// <summary>The names of the recordings that can be played.</summary>
    public static IEnumerable<string> Dialects => Protocols.SelectMany(RecordedDialects.Names);

    /// <summary>A client of a protocol.</summary>
    public static IChatClient Create(ProviderProtocol protocol, Uri endpoint, TimeProvider clock) => protocol switch
    {
        ProviderProtocol.ChatCompletions =>
            new OpenAiChatClient(new ModelOptions { Endpoint = endpoint, ApiKey = Key, Model = "test-model" }, clock),
        _ => throw new NotSupportedException($"There is no client of {protocol} yet."),
    };
}
