using System.Collections.Immutable;
using OrleansChat.Contents;
using OrleansChat.Events;
using OrleansChat.Generation;

namespace OrleansChat.Conversations;

/// <summary>A request for a reply: to a new message, or another one to a message that there is.</summary>
internal sealed record Turn
{
    /// <summary>What the user says; null where another reply is asked for.</summary>
    public string? Content { get; init; }

    /// <summary>Whether <see cref="Parent"/> says what the message follows; otherwise it follows the head.</summary>
    public bool HasParent { get; init; }

    /// <summary>The message to follow; null to begin anew.</summary>
    public string? Parent { get; init; }

    /// <summary>The message to reply to once more, or a reply to it; null for a new message.</summary>
    public string? Again { get; init; }

    /// <summary>The model to reply; null for the conversation's.</summary>
    public string? Model { get; init; }

    /// <summary>What tells this request from all others; null where it is not repeated.</summary>
    public string? Request { get; init; }

    /// <summary>What the request is; null where nobody named it.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>What to do while a reply runs.</summary>
    public BusyPolicy OnBusy { get; init; }

    /// <summary>The heads that will do; empty for any.</summary>
    public ImmutableArray<string> Expected { get; init; } = [];

    /// <summary>What the message consists of, where that is more than text.</summary>
    public ImmutableArray<ContentPart> Parts { get; init; } = [];

    /// <summary>What tools have answered; empty for a user's message and for another reply.</summary>
    public ImmutableArray<ToolResult> ToolResults { get; init; } = [];

    /// <summary>How the reply is to be made.</summary>
    public GenerationOptions? Options { get; init; }

    /// <summary>What comes before the message, in the same place.</summary>
    public ImmutableArray<PrecedingMessage> Preceding { get; init; } = [];

    /// <summary>Who says the message.</summary>
    public MessageRole Role { get; init; }

    /// <summary>The turn of a message.</summary>
    public static Turn Of(SendMessage message) => new()
    {
        Content = message.Content,
        HasParent = message.HasParent,
        Parent = message.Parent,
        Model = message.Model,
        Request = message.Request,
        Fingerprint = message.Fingerprint,
        OnBusy = message.OnBusy,
        Expected = message.Expected,
        Parts = message.Parts,
        ToolResults = message.ToolResults,
        Options = message.Options,
        Preceding = [.. message.Preceding.Select(PrecedingMessage.Of)],
        Role = message.ToolResults.IsEmpty ? message.Role : MessageRole.Tool,
    };

    /// <summary>The turn of another reply.</summary>
    public static Turn Of(RegenerateReply request) => new()
    {
        Again = request.Message,
        Model = request.Model,
        Request = request.Request,
        Fingerprint = request.Fingerprint,
        OnBusy = request.OnBusy,
        Expected = request.Expected,
        Options = request.Options,
    };
}
