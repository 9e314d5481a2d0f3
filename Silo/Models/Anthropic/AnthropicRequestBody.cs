using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Anthropic;

/// <summary>Writes the body of a Messages request.</summary>
internal static class AnthropicRequestBody
{
    /// <summary>The body's properties, and the white space that the continuation may begin with again.</summary>
    /// <param name="model">The model's name at the endpoint.</param>
    /// <param name="mostTokens">How many tokens the reply may have, where <paramref name="options"/> do not say: the API has to be told.</param>
    /// <param name="thinkingTokens">How many of them may go to thinking; null for none.</param>
    /// <param name="messages">The conversation. A last message of the assistant is the beginning of the reply.</param>
    /// <param name="options">
    /// What else is asked for; what the API does not have is left out, such as a seed, and temperature and top-p, which its version of
    /// October 2026 refuses; of the effort of reasoning only <c>none</c> is heeded. Or null.
    /// </param>
    public static (IReadOnlyDictionary<string, JsonElement> Properties, string Trimmed) Write(
        string model, int mostTokens, int? thinkingTokens, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        List<ChatMessage> conversation = [.. messages];
        if (conversation is [.., { } end] && end.Role == ChatRole.System)
        {
            // Moved to the beginning, as others are, it would leave nothing to reply to.
            conversation[^1] = new ChatMessage(ChatRole.User, end.Contents);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("model"u8, model);
        mostTokens = options?.MaxOutputTokens ?? mostTokens;
        writer.WriteNumber("max_tokens"u8, mostTokens);
        writer.WriteBoolean("stream"u8, true);
        WriteSystem(writer, conversation, options?.Instructions);
        var trimmed = AnthropicMessages.Write(writer, conversation);

        // A text that was begun without thinking is continued without it; thinking must leave room for an answer; and what thinks cannot be
        // made to use a tool, which is asked for more clearly.
        var isPrefill = conversation is [.., { } last] && last.Role == ChatRole.Assistant;
        var isWanted = options?.Reasoning?.Effort != ReasoningEffort.None;
        var thinks = thinkingTokens < mostTokens && isWanted && !isPrefill && MayThink(conversation) && !AnthropicTools.AreRequired(options);
        if (thinks)
        {
            writer.WriteStartObject("thinking"u8);
            writer.WriteString("type"u8, "enabled"u8);
            writer.WriteNumber("budget_tokens"u8, thinkingTokens!.Value);
            writer.WriteEndObject();
        }

        if (options is not null)
        {
            WriteStops(writer, options);
            AnthropicTools.Write(writer, options);
            WriteFormat(writer, options.ResponseFormat);
        }

        writer.WriteEndObject();
        writer.Flush();
        var body = JsonElement.Parse(buffer.WrittenSpan);
        return (body.EnumerateObject().ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal), trimmed);
    }

    // What has called tools goes on as it began: with its thinking, or, where that was another model's or there was none, without any.
    private static bool MayThink(List<ChatMessage> conversation)
    {
        var turn = conversation.FindLastIndex(message => message.Role == ChatRole.User) + 1;
        List<AIContent> said = [.. conversation.Skip(turn).SelectMany(message => message.Contents)];
        return !said.Exists(content => content is FunctionCallContent)
            || said.Exists(content => content is TextReasoningContent { ProtectedData.Length: > 0 });
    }

    private static void WriteSystem(Utf8JsonWriter writer, List<ChatMessage> conversation, string? instructions)
    {
        // The API has one place for them, before the conversation.
        var texts = conversation.Where(message => message.Role == ChatRole.System).Select(message => message.Text).Prepend(instructions);
        var system = string.Join("\n\n", texts.Where(text => !string.IsNullOrWhiteSpace(text)));
        if (system.Length > 0)
        {
            writer.WriteString("system"u8, system);
        }
    }

    private static void WriteStops(Utf8JsonWriter writer, ChatOptions options)
    {
        if (options.StopSequences is { Count: > 0 } stops)
        {
            writer.WriteStartArray("stop_sequences"u8);
            foreach (var stop in stops)
            {
                writer.WriteStringValue(stop);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteFormat(Utf8JsonWriter writer, ChatResponseFormat? format)
    {
        if (format is ChatResponseFormatJson { Schema: { } schema })
        {
            writer.WriteStartObject("output_config"u8);
            writer.WriteStartObject("format"u8);
            writer.WriteString("type"u8, "json_schema"u8);
            writer.WritePropertyName("schema"u8);
            schema.WriteTo(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }
}
