using System.Text.Json;
using Microsoft.Extensions.AI;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.Responses;

/// <summary>
/// Writes the conversation of a Responses request as its input items, in order: messages, calls and their outputs are items of their own.
/// Reasoning is not sent back: the provider takes no other than what it keeps, or encrypts, for this one conversation.
/// </summary>
internal static class ResponsesInput
{
    /// <summary>Writes <c>input</c>.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable<ChatMessage> messages)
    {
        writer.WriteStartArray("input"u8);
        foreach (var message in messages)
        {
            WriteMessage(writer, message);
            foreach (var content in message.Contents)
            {
                WriteItem(writer, content);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteMessage(Utf8JsonWriter writer, ChatMessage message)
    {
        List<AIContent> said = [.. message.Contents.Where(IsSaid)];
        if (said.Count == 0)
        {
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("role"u8, message.Role == ChatRole.Tool ? ChatRole.User.Value : message.Role.Value);
        if (said.All(content => content is TextContent))
        {
            writer.WriteString("content"u8, string.Concat(said.Cast<TextContent>()));
        }
        else
        {
            WriteParts(writer, said);
        }

        writer.WriteEndObject();
    }

    private static void WriteParts(Utf8JsonWriter writer, List<AIContent> said)
    {
        writer.WriteStartArray("content"u8);
        foreach (var content in said)
        {
            writer.WriteStartObject();
            if (content is TextContent text)
            {
                writer.WriteString("type"u8, "input_text"u8);
                writer.WriteString("text"u8, text.Text);
            }
            else
            {
                writer.WriteString("type"u8, "input_image"u8);
                writer.WriteString("image_url"u8, content is UriContent uri ? uri.Uri.AbsoluteUri : ((DataContent)content).Uri);
                if (content.AdditionalProperties?.TryGetValue("detail", out var detail) == true && detail is string wished)
                {
                    writer.WriteString("detail"u8, wished);
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static bool IsSaid(AIContent content) => content switch
    {
        TextContent text => text.Text.Length > 0,
        DataContent data => data.HasTopLevelMediaType("image"),
        UriContent uri => uri.HasTopLevelMediaType("image"),
        _ => false,
    };

    private static void WriteItem(Utf8JsonWriter writer, AIContent content)
    {
        switch (content)
        {
            case FunctionCallContent call:
                writer.WriteStartObject();
                writer.WriteString("type"u8, "function_call"u8);
                writer.WriteString("call_id"u8, call.CallId);
                writer.WriteString("name"u8, call.Name);
                writer.WriteString("arguments"u8, ToolCallArguments.TextOf(call));
                writer.WriteEndObject();
                break;
            case FunctionResultContent result:
                writer.WriteStartObject();
                writer.WriteString("type"u8, "function_call_output"u8);
                writer.WriteString("call_id"u8, result.CallId);
                writer.WriteString("output"u8, ToolOutput.Of(result));
                writer.WriteEndObject();
                break;
        }
    }
}
