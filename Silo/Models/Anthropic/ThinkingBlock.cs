using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Anthropic;

/// <summary>
/// The way of a thinking block through the conversation: its signature, without which the model does not take its thinking back, is the
/// content's protected data. So is a block that is redacted as a whole, behind a mark that no signature begins with.
/// </summary>
internal static class ThinkingBlock
{
    // Signatures are Base64, which has no colon.
    private const string RedactedMark = "redacted:";

    /// <summary>A redacted block as content.</summary>
    public static TextReasoningContent Redacted(string? data) => new("") { ProtectedData = RedactedMark + data };

    /// <summary>Writes a block. One without a signature is left out: it is not whole, or not this model's.</summary>
    /// <param name="writer">Where to, within an array of blocks.</param>
    /// <param name="thinking">Its text.</param>
    /// <param name="protectedData">Its protected data, or null.</param>
    public static void Write(Utf8JsonWriter writer, string thinking, string? protectedData)
    {
        if (string.IsNullOrEmpty(protectedData))
        {
            return;
        }

        writer.WriteStartObject();
        if (protectedData.StartsWith(RedactedMark, StringComparison.Ordinal))
        {
            writer.WriteString("type"u8, "redacted_thinking"u8);
            writer.WriteString("data"u8, protectedData.AsSpan(RedactedMark.Length));
        }
        else
        {
            writer.WriteString("type"u8, "thinking"u8);
            writer.WriteString("thinking"u8, thinking);
            writer.WriteString("signature"u8, protectedData);
        }

        writer.WriteEndObject();
    }
}
