using System.Buffers;
using System.Text;
using System.Text.Json;
using OrleansChat.Dialects.ChatCompletions.Answers;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.ChatCompletions;

/// <summary>
/// Writes the chunks of one reply. What a user or a model has said comes as the JSON that it is in the journal, which has no line breaks,
/// or through a JSON writer.
/// </summary>
internal sealed class ChunkWriter
{
    private readonly byte[] head;
    private readonly byte[] tail;
    private readonly string beginning;

    /// <summary>Prepares what all chunks have in common.</summary>
    /// <param name="id">The completion's id.</param>
    /// <param name="started">The reply's start.</param>
    /// <param name="includeUsage">Whether there is a chunk with the usage, so that the others say they have none.</param>
    public ChunkWriter(string id, ReplyStarted started, bool includeUsage)
    {
        var model = JsonEncodedText.Encode(started.Model, ReadableEncoder.Instance);
        beginning = $"{{\"id\":\"{id}\",\"object\":\"chat.completion.chunk\",\"created\":{started.At.ToUnixTimeSeconds()},\"model\":\"{model}\",\"choices\":[";
        head = Encoding.UTF8.GetBytes($"data: {beginning}{{\"index\":0,\"delta\":");
        tail = Encoding.UTF8.GetBytes(includeUsage ? "}],\"usage\":null}\n\n" : "}]}\n\n");
    }

    /// <summary>Writes the chunk that the reply begins with.</summary>
    public void WriteStart(long id, IBufferWriter<byte> output)
    {
        SseFrames.WriteId(output, id);
        Begin(output);
        output.Write("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}"u8);
        End(output, finishReason: null);
    }

    /// <summary>Writes a chunk with a piece of text.</summary>
    /// <param name="id">The sequence of the last event in it.</param>
    /// <param name="property">Which text it is.</param>
    /// <param name="escapedText">The text as it stands in JSON.</param>
    /// <param name="output">Where to.</param>
    public void WriteText(long id, ReadOnlySpan<byte> property, ReadOnlySpan<byte> escapedText, IBufferWriter<byte> output)
    {
        SseFrames.WriteId(output, id);
        Begin(output);
        output.Write("{\""u8);
        output.Write(property);
        output.Write("\":\""u8);
        output.Write(escapedText);
        output.Write("\"}"u8);
        End(output, finishReason: null);
    }

    /// <summary>Writes a chunk with a piece of a call of a tool.</summary>
    public void WriteToolCall(long id, ReplyToolCall call, IBufferWriter<byte> output)
    {
        SseFrames.WriteId(output, id);
        Begin(output);
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = ReadableEncoder.Instance }))
        {
            json.WriteStartObject();
            json.WriteStartArray("tool_calls"u8);
            json.WriteStartObject();
            json.WriteNumber("index"u8, call.Index);
            if (call.Id is not null)
            {
                json.WriteString("id"u8, call.Id);
                json.WriteString("type"u8, "function"u8);
            }

            json.WriteStartObject("function"u8);
            if (call.Name is not null)
            {
                json.WriteString("name"u8, call.Name);
            }

            json.WriteString("arguments"u8, call.Arguments);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        End(output, finishReason: null);
    }

    /// <summary>Writes the chunk that says why the reply ended.</summary>
    public void WriteFinish(string reason, IBufferWriter<byte> output)
    {
        Begin(output);
        output.Write("{}"u8);
        End(output, reason);
    }

    /// <summary>Writes the chunk that says what it cost.</summary>
    public void WriteUsage(TokenUsage usage, IBufferWriter<byte> output)
    {
        Encoding.UTF8.GetBytes($"data: {beginning}],\"usage\":", output);
        using (var json = new Utf8JsonWriter(output))
        {
            JsonSerializer.Serialize(json, ChatUsageView.Of(usage), ChatCompletionsJson.Default.ChatUsageView);
        }

        output.Write("}\n\n"u8);
    }

    private void Begin(IBufferWriter<byte> output) => output.Write(head);

    private void End(IBufferWriter<byte> output, string? finishReason)
    {
        output.Write(",\"logprobs\":null,\"finish_reason\":"u8);
        if (finishReason is null)
        {
            output.Write("null"u8);
        }
        else
        {
            Encoding.UTF8.GetBytes($"\"{finishReason}\"", output);
        }

        output.Write(tail);
    }
}
