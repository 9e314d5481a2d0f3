using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.OpenAI;

/// <summary>Writes the body of a Chat Completions request.</summary>
internal static class ChatRequestBody
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body, as UTF-8.</summary>
    /// <param name="model">The model's name at the endpoint.</param>
    /// <param name="maxTokensName">What the endpoint calls the limit of a reply's tokens.</param>
    /// <param name="messages">The conversation; only text is sent.</param>
    /// <param name="options">Temperature, top-p, the limit of tokens and stop sequences are sent where set. Or null.</param>
    public static ReadOnlyMemory<byte> Write(string model, string maxTokensName, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("model"u8, model);
        writer.WriteStartArray("messages"u8);
        foreach (var message in messages)
        {
            writer.WriteStartObject();
            writer.WriteString("role"u8, message.Role.Value);
            writer.WriteString("content"u8, message.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("stream"u8, true);
        writer.WriteStartObject("stream_options"u8);
        writer.WriteBoolean("include_usage"u8, true);
        writer.WriteEndObject();
        if (options is not null)
        {
            WriteOptions(writer, maxTokensName, options);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteOptions(Utf8JsonWriter writer, string maxTokensName, ChatOptions options)
    {
        if (options.Temperature is { } temperature)
        {
            writer.WriteNumber("temperature"u8, temperature);
        }

        if (options.TopP is { } topP)
        {
            writer.WriteNumber("top_p"u8, topP);
        }

        if (options.MaxOutputTokens is { } maxTokens)
        {
            writer.WriteNumber(maxTokensName, maxTokens);
        }

        if (options.StopSequences is { Count: > 0 } stops)
        {
            writer.WriteStartArray("stop"u8);
            foreach (var stop in stops)
            {
                writer.WriteStringValue(stop);
            }

            writer.WriteEndArray();
        }
    }
}
