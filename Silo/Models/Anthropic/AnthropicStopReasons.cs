using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Anthropic;

/// <summary>Translates <c>stop_reason</c>.</summary>
internal static class AnthropicStopReasons
{
    /// <summary>The finish reason. A word that is not known reads as <c>stop</c>, for the model did say that it ended.</summary>
    public static ChatFinishReason Map(string? stopReason) => stopReason switch
    {
        "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
        "tool_use" => ChatFinishReason.ToolCalls,
        "refusal" => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.Stop,
    };
}
