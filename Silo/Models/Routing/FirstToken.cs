using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Routing;

/// <summary>Knows where an answer begins.</summary>
internal static class FirstToken
{
    /// <summary>
    /// Whether the answer begins with this update: text, thoughts, a piece of a tool call or anything else that users see; the model's end; or a
    /// token to read the answer on by, for then the model is at work, and asking another would make a second answer.
    /// </summary>
    public static bool IsIn(ChatResponseUpdate update) =>
        update.FinishReason is not null || update.ContinuationToken is not null || update.Contents.Any(IsContent);

    private static bool IsContent(AIContent content) => content switch
    {
        UsageContent => false,
        TextContent text => text.Text.Length > 0,
        TextReasoningContent thought => thought.Text.Length > 0,
        _ => true,
    };
}
