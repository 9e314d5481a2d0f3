using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.OpenAI;

/// <summary>Writes a message of a Chat Completions request.</summary>
internal static class RequestMessage
{
    /// <summary>Writes it. What came of several tools are several messages.</summary>
    public static void Write(Utf8JsonWriter writer, ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>().ToList();
        var hasResults = false;
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            hasResults = true;
            writer.WriteStartObject();
            writer.WriteString("role"u8, "tool"u8);
            writer.WriteString("tool_call_id"u8, result.CallId);
            writer.WriteString("content"u8, result.Result?.ToString());
            writer.WriteEndObject();
        }

        if (hasResults)
        {
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("role"u8, message.Role.Value);
        if (message.Contents.Any(content => content is DataContent or UriContent))
        {
            WriteParts(writer, message);
        }
        else if (calls.Count > 0 && message.Text.Length == 0)
        {
            writer.WriteNull("content"u8);
        }
        else
        {
            writer.WriteString("content"u8, message.Text);
        }

        if (calls.Count > 0)
        {
            WriteCalls(writer, calls);
        }

        writer.WriteEndObject();
    }

    private static void WriteParts(Utf8JsonWriter writer, ChatMessage message)
    {
        writer.WriteStartArray("content"u8);
        foreach (var content in message.Contents)
        {
            var url = content switch
            {
                DataContent data => data.Uri,
                UriContent uri => uri.Uri.OriginalString,
                _ => null,
            };
            if (content is TextContent text)
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, "text"u8);
                writer.WriteString("text"u8, text.Text);
                writer.WriteEndObject();
            }
            else if (url is not null)
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, "image_url"u8);
                writer.WriteStartObject("image_url"u8);
                writer.WriteString("url"u8, url);
                if (content.AdditionalProperties?.TryGetValue("detail", out var detail) == true && detail is string word)
                {
                    writer.WriteString("detail"u8, word);
                }

                writer.WriteEndObject();
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteCalls(Utf8JsonWriter writer, List<FunctionCallContent> calls)
    {
        writer.WriteStartArray("tool_calls"u8);
        foreach (var call in calls)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, call.CallId);
            writer.WriteString("type"u8, "function"u8);
            writer.WriteStartObject("function"u8);
            writer.WriteString("name"u8, call.Name);
            writer.WriteString("arguments"u8, ToolCallArguments.TextOf(call));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
