using System.Text.Json;
using Microsoft.Extensions.AI;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.OpenAI;

/// <summary>
/// Reads the events of a Chat Completions stream, straight from their bytes: it runs once a token, and allocates the text only.
/// Whatever it does not know, it skips.
/// </summary>
internal static class ChunkParser
{
    /// <summary>Reads one event.</summary>
    /// <param name="eventType">The event's type; anything but <c>error</c> is read as a chunk.</param>
    /// <param name="data">The event's data.</param>
    /// <exception cref="JsonException">The data is neither <c>[DONE]</c> nor one JSON object.</exception>
    public static Chunk Parse(string eventType, ReadOnlySpan<byte> data)
    {
        data = data.Trim((byte)' ');
        if (eventType == "error")
        {
            return new Chunk(Error: UpstreamError.Read(data));
        }

        if (data.IsEmpty)
        {
            return default;
        }

        if (data.SequenceEqual("[DONE]"u8))
        {
            return new Chunk(IsDone: true);
        }

        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var chunk = ReadChunk(ref reader);
        if (chunk is { FinishReason.Value: "error", Error: null })
        {
            // A gateway's word (OpenRouter) for a model that failed behind it: no end signal of the model's own.
            chunk = chunk with { Error = new UpstreamError(null, null) };
        }

        // Throws for anything after the object.
        reader.Read();
        return chunk;
    }

    private static Chunk ReadChunk(ref Utf8JsonReader reader)
    {
        var chunk = default(Chunk);
        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("choices"u8))
            {
                reader.Read();
                ReadChoices(ref reader, ref chunk);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                reader.Read();
                chunk = chunk with { Usage = UsageReader.Read(ref reader) ?? chunk.Usage };
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                chunk = chunk with { Error = reader.TokenType == JsonTokenType.Null ? null : UpstreamError.Read(ref reader) };
            }
            else
            {
                reader.Skip();
            }
        }

        return chunk;
    }

    private static void ReadChoices(ref Utf8JsonReader reader, ref Chunk chunk)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
            }
            else if (ReadChoice(ref reader, out var delta, out var finishReason))
            {
                chunk = chunk with { Delta = delta, FinishReason = finishReason };
            }
        }
    }

    // False for any choice but the first: one was asked for.
    private static bool ReadChoice(ref Utf8JsonReader reader, out Delta delta, out ChatFinishReason? finishReason)
    {
        (delta, finishReason) = (default, null);
        var isFirst = true;
        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("delta"u8))
            {
                reader.Read();
                delta = DeltaReader.Read(ref reader);
            }
            else if (reader.ValueTextEquals("finish_reason"u8))
            {
                reader.Read();
                finishReason = FinishReasons.Read(ref reader);
            }
            else if (reader.ValueTextEquals("index"u8))
            {
                reader.Read();
                isFirst = reader.TokenType != JsonTokenType.Number || (reader.TryGetInt32(out var index) && index == 0);
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        return isFirst;
    }
}
