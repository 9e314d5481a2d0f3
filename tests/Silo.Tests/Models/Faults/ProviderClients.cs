using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Models.Anthropic;
using OrleansChat.Models.OpenAI;
using OrleansChat.Models.Responses;
using OrleansChat.Testing.Faults.Recordings;

namespace OrleansChat.Silo.Tests.Models.Faults;

/// <summary>The product's client of each protocol: what the recordings are played to.</summary>
internal static class ProviderClients
{
    /// <summary>The key that clients send, which nothing may ever show.</summary>
    public const string Key = "sk-must-not-show";

    /// <summary>The names of the recordings that are played.</summary>
    public static IEnumerable<string> Dialects => RecordedDialects.All.Select(recording => recording.Name);

    /// <summary>A client of a protocol.</summary>
    public static IChatClient Create(ProviderProtocol protocol, Uri endpoint, TimeProvider clock)
    {
        var options = new ModelOptions { Endpoint = endpoint, ApiKey = Key, Model = "test-model" };
        return protocol switch
        {
            ProviderProtocol.ChatCompletions => new OpenAiChatClient(options, clock),
            ProviderProtocol.Responses => new ResponsesChatClient(options, clock),
            ProviderProtocol.Messages => new AnthropicChatClient(options, clock),
            _ => throw new ArgumentOutOfRangeException(nameof(protocol)),
        };
    }
}
