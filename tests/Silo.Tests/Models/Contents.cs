using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models;

/// <summary>What a model's stream says, a line each, to be compared as a whole.</summary>
internal static class Contents
{
    /// <summary>Reads a stream to its end.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        async Task<IReadOnlyList<string>> ReadAsync()
        {
            List<string> lines = [];
            await foreach (var update in updates)
            {
                lines.AddRange(Of(update));
            }

            return lines;
        }

        return await ReadAsync().WaitAsync(TestLimits.Signal);
    }

    /// <summary>What one update says.</summary>
    public static IEnumerable<string> Of(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            yield return content switch
            {
                TextContent text => $"text {text.Text}",
                TextReasoningContent { ProtectedData: { } data } thinking => $"thinking {thinking.Text}[{data}]",
                TextReasoningContent thinking => $"thinking {thinking.Text}",
                RefusalPiece refusal => $"refusal {refusal.Text}",
                ToolCallPiece { CallId: { } id } call => $"call {call.Index} {id} {call.Name} {call.Arguments}",
                ToolCallPiece call => $"call {call.Index} {call.Arguments}",
                UsageContent { Details: var usage } =>
                    $"usage {usage.InputTokenCount}/{usage.OutputTokenCount}/{usage.TotalTokenCount} cached {usage.CachedInputTokenCount} reasoning {usage.ReasoningTokenCount}",
                _ => content.GetType().Name,
            };
        }

        if (update.FinishReason is { } reason)
        {
            yield return $"end {reason}";
        }
    }
}
