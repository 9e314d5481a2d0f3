using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Anthropic;

/// <summary>
/// Writes the conversation of a Messages request. The API knows two roles, the results of tools come from the user, all results of a
/// turn stand in one message, and no text may be empty.
/// </summary>
internal static class AnthropicMessages
{
    /// <summary>Writes <c>messages</c>. Returns the white space taken off the end of a last message of the assistant; see <see cref="PrefillEnd"/>.</summary>
    public static string Write(Utf8JsonWriter writer, List<ChatMessage> conversation)
    {
        var trimmed = "";
        writer.WriteStartArray("messages"u8);
        ChatRole? open = null;
        for (var i = 0; i < conversation.Count; i++)
        {
            var message = conversation[i];
            if (message.Role == ChatRole.System || !message.Contents.Any(IsSent))
            {
                continue;
            }

            var role = message.Role == ChatRole.Assistant ? ChatRole.Assistant : ChatRole.User;
            if (role != open)
            {
                End(writer, open);
                open = role;
                writer.WriteStartObject();
                writer.WriteString("role"u8, role.Value);
                writer.WriteStartArray("content"u8);
            }

            trimmed = WriteBlocks(writer, message, isLast: i == conversation.Count - 1 && role == ChatRole.Assistant);
        }

        End(writer, open);
        writer.WriteEndArray();
        return trimmed;
    }

    private static void End(Utf8JsonWriter writer, ChatRole? open)
    {
        if (open is not null)
        {
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }

    private static bool IsSent(AIContent content) => content switch
    {
        TextContent text => !string.IsNullOrWhiteSpace(text.Text),
        TextReasoningContent thinking => !string.IsNullOrEmpty(thinking.ProtectedData),
        FunctionCallContent or FunctionResultContent => true,
        DataContent data => data.HasTopLevelMediaType("image"),
        UriContent uri => uri.HasTopLevelMediaType("image"),
        _ => false,
    };

    private static string WriteBlocks(Utf8JsonWriter writer, ChatMessage message, bool isLast)
    {
        var trimmed = "";
        var thinking = "";
        for (var i = 0; i < message.Contents.Count; i++)
        {
            var content = message.Contents[i];
            if (content is TextReasoningContent piece)
            {
                // Its pieces come as they were streamed, the last with the signature of all.
                thinking += piece.Text;
                ThinkingBlock.Write(writer, thinking, piece.ProtectedData);
                thinking = piece.ProtectedData is null ? thinking : "";
            }
            else if (content is TextContent { Text: var text } && isLast && !message.Contents.Skip(i + 1).Any(IsSent))
            {
                (text, trimmed) = PrefillEnd.Trim(text);
                WriteText(writer, text);
            }
            else
            {
                WriteBlock(writer, content);
            }
        }

        return trimmed;
    }

    private static void WriteBlock(Utf8JsonWriter writer, AIContent content)
    {
        switch (content)
        {
            case TextContent text:
                WriteText(writer, text.Text);
                break;
            case FunctionCallContent call:
                AnthropicTools.WriteCall(writer, call);
                break;
            case FunctionResultContent result:
                AnthropicTools.WriteResult(writer, result);
                break;
            case DataContent image when IsSent(image):
                WriteImage(writer, "base64", image.MediaType, "data", image.Base64Data.Span);
                break;
            case UriContent image when IsSent(image):
                WriteImage(writer, "url", mediaType: null, "url", image.Uri.AbsoluteUri);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("text"u8, text);
            writer.WriteEndObject();
        }
    }

    private static void WriteImage(Utf8JsonWriter writer, string type, string? mediaType, string name, ReadOnlySpan<char> value)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "image"u8);
        writer.WriteStartObject("source"u8);
        writer.WriteString("type"u8, type);
        if (mediaType is not null)
        {
            writer.WriteString("media_type"u8, mediaType);
        }

        writer.WriteString(name, value);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
