using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.OpenAI;

/// <summary>Reads <c>finish_reason</c>.</summary>
internal static class FinishReasons
{
    /// <summary>
    /// The finish reason, or null where there is none: some servers send null with every chunk, others an empty string. A word
    /// that is no plain token reads as <c>stop</c>, for the model did say that it ended.
    /// </summary>
    public static ChatFinishReason? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        return reader.ValueTextEquals("stop"u8) ? ChatFinishReason.Stop
            : reader.ValueSpan.IsEmpty ? null
            : reader.ValueTextEquals("length"u8) ? ChatFinishReason.Length
            : reader.ValueTextEquals("tool_calls"u8) ? ChatFinishReason.ToolCalls
            : reader.ValueTextEquals("content_filter"u8) ? ChatFinishReason.ContentFilter
            : UpstreamError.Token(JsonText.Read(ref reader)) is { } word ? new ChatFinishReason(word)
            : ChatFinishReason.Stop;
    }
}
