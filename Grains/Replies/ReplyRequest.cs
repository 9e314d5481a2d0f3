using Microsoft.Extensions.AI;

namespace OrleansChat.Replies;

/// <summary>What a model is asked for a reply.</summary>
/// <param name="Messages">The conversation.</param>
/// <param name="Options">How the reply is to be made; null for as the model has it.</param>
internal sealed record ReplyRequest(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options = null)
{
    /// <summary>What to read on, in place of asking; null to ask.</summary>
    public Reattachment? Reattachment { get; init; }
}
