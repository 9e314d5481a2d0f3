using System.Collections.Immutable;

namespace OrleansChat.Conversations;

/// <summary>A user's message, to be stored and replied to.</summary>
/// <param name="Content">What the user says; not empty.</param>
/// <param name="Model">The model to reply; null for the conversation's.</param>
/// <param name="Request">Tells this request from all others of the conversation, so that it can be repeated; null for one that is not repeated.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.SendMessage")]
public sealed record SendMessage(
    [property: Id(0)] string Content, [property: Id(1)] string? Model, [property: Id(2)] string? Request = null)
{
    /// <summary>What <see cref="Request"/> stands for: one that comes again with another fingerprint is another request, and refused.</summary>
    [Id(3)]
    public string? Fingerprint { get; init; }

    /// <summary>Whether <see cref="Parent"/> says what the message follows; otherwise it follows the head.</summary>
    [Id(4)]
    public bool HasParent { get; init; }

    /// <summary>The message to follow; null to begin anew.</summary>
    [Id(5)]
    public string? Parent { get; init; }

    /// <summary>What to do while a reply runs.</summary>
    [Id(6)]
    public BusyPolicy OnBusy { get; init; }

    /// <summary>The heads with which the caller has the message go; empty where any will do.</summary>
    [Id(7)]
    public ImmutableArray<string> Expected { get; init; } = [];
}
