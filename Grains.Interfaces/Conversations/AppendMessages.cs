using System.Collections.Immutable;

namespace OrleansChat.Conversations;

/// <summary>Messages to be stored without a reply, one after the other; all of them or none.</summary>
/// <param name="Messages">The messages, oldest first.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.AppendMessages")]
public sealed record AppendMessages([property: Id(0)] ImmutableArray<PastMessage> Messages)
{
    /// <inheritdoc cref="SendMessage.Request"/>
    [Id(1)]
    public string? Request { get; init; }

    /// <inheritdoc cref="SendMessage.Fingerprint"/>
    [Id(2)]
    public string? Fingerprint { get; init; }

    /// <summary>Whether <see cref="Parent"/> says what the first message follows; otherwise it follows the head.</summary>
    [Id(3)]
    public bool HasParent { get; init; }

    /// <summary>The message to follow; null to begin anew.</summary>
    [Id(4)]
    public string? Parent { get; init; }
}
