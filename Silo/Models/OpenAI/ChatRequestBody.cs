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
    /// <param name="messages">The conversation: text, images, calls of tools and what came of them. Thinking is not sent.</param>
    /// <param name="options">What is set of sampling, limits, tools and the form of the reply is sent. Or null.</param>
    public static ReadOnlyMemory<byte> Write(string model, string maxTokensName, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("model"u8, model);
        writer.WriteStartArray("messages"u8);
        foreach (var message in messages)
        {
            RequestMessage.Write(writer, message);
        }

        writer.WriteEndArray();
        writer.WriteBoolean("stream"u8, true);
        writer.WriteStartObject("stream_options"u8);
        writer.WriteBoolean("include_usage"u8, true);
        writer.WriteEndObject();
        if (options is not null)
        {
            RequestParameters.Write(writer, maxTokensName, options);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }
}
