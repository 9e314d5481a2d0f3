using System.Collections.Immutable;
using OrleansChat.Generation;

namespace OrleansChat.Conversations;

/// <summary>A request for another reply to a message.</summary>
/// <param name="Message">The message to reply to, or a reply to it.</param>
/// <param name="Model">The model to reply; null for the conversation's.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.RegenerateReply")]
public sealed record RegenerateReply([property: Id(0)] string Message, [property: Id(1)] string? Model)
{
    /// <inheritdoc cref="SendMessage.Request"/>
    [Id(2)]
    public string? Request { get; init; }

    /// <inheritdoc cref="SendMessage.Fingerprint"/>
    [Id(3)]
    public string? Fingerprint { get; init; }

    /// <summary>What to do while a reply runs.</summary>
    [Id(4)]
    public BusyPolicy OnBusy { get; init; }

    /// <summary>The heads with which the caller has the reply made; empty where any will do.</summary>
    [Id(5)]
    public ImmutableArray<string> Expected { get; init; } = [];

    /// <inheritdoc cref="SendMessage.Options"/>
    [Id(6)]
    public GenerationOptions? Options { get; init; }
}
