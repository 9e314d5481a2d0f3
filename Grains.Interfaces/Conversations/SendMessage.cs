using System.Collections.Immutable;
using OrleansChat.Contents;
using OrleansChat.Generation;

namespace OrleansChat.Conversations;

/// <summary>A user's message, or what tools have answered, to be stored and replied to.</summary>
/// <param name="Content">What the user says; empty where there are only images, and for tools.</param>
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

    /// <summary>What the message consists of, where that is more than text.</summary>
    [Id(8)]
    public ImmutableArray<ContentPart> Parts { get; init; } = [];

    /// <summary>
    /// What tools have answered to calls of the reply that the message follows, one or more; empty for a user's message. The reply to
    /// it starts when all calls are answered.
    /// </summary>
    [Id(9)]
    public ImmutableArray<ToolResult> ToolResults { get; init; } = [];

    /// <summary>How the reply is to be made; null for as the model has it.</summary>
    [Id(10)]
    public GenerationOptions? Options { get; init; }

    /// <summary>
    /// What was exchanged elsewhere before the message, oldest first: stored where the message goes, which then follows the last of it, and
    /// with it, or not at all.
    /// </summary>
    [Id(11)]
    public ImmutableArray<PastMessage> Preceding { get; init; } = [];

    /// <summary>Who says it: <see cref="MessageRole.User"/> or <see cref="MessageRole.System"/>; tools say what has <see cref="ToolResults"/>.</summary>
    [Id(12)]
    public MessageRole Role { get; init; }

    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(SendMessage);
}
