using Microsoft.Extensions.AI;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Replies;

namespace OrleansChat.Context;

/// <summary>What a model is asked, fitted to its window.</summary>
/// <param name="Request">What that is.</param>
internal sealed record FittedPrompt(ReplyRequest Request)
{
    /// <summary>The messages of it.</summary>
    public IReadOnlyList<ChatMessage> Messages => Request.Messages;

    /// <summary>What was left out; null for nothing.</summary>
    public MessageContext? LeftOut { get; init; }

    /// <summary>The summary of that, where it was made just now.</summary>
    public string? NewSummary { get; init; }

    /// <summary>Why the model cannot be asked; null where it can.</summary>
    public ReplyError? Error { get; init; }
}
