using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using OrleansChat.Events;

namespace OrleansChat.Storage;

/// <summary>
/// Checks a line that was read from its medium from its first to its last byte, once, so that everything after can rely on its form.
/// </summary>
internal static class StoredLine
{
    /// <summary>The event that a line holds; null for deltas.</summary>
    /// <exception cref="InvalidDataException">The line is malformed.</exception>
    /// <exception cref="JsonException">The line is malformed.</exception>
    public static ConversationEvent? Parse(EventLine line)
    {
        if (!CheckType(line))
        {
            return line.Parse();
        }

        CheckDeltas(line);
        return null;
    }

    /// <summary>
    /// Checks a line that somebody else is going to parse: it is JSON of a type that this version knows, and deltas are as they are
    /// written.
    /// </summary>
    /// <exception cref="InvalidDataException">The line is malformed.</exception>
    /// <exception cref="JsonException">The line is malformed.</exception>
    public static void Check(EventLine line)
    {
        if (CheckType(line))
        {
            CheckDeltas(line);
            return;
        }

        var reader = new Utf8JsonReader(line.Json);
        while (reader.Read())
        {
            // It throws at what is not JSON.
        }
    }

    /// <summary>The sequence in a line of JSON; 0 when there is none.</summary>
    /// <exception cref="JsonException">The line is malformed.</exception>
    public static long SequenceOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("sequence"u8))
            {
                return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var sequence) ? sequence : 0;
            }
        }

        return 0;
    }

    // True for deltas.
    private static bool CheckType(EventLine line)
    {
        // Utf8JsonReader looks into strings only when it is asked for them.
        if (!Utf8.IsValid(line.Json))
        {
            throw new InvalidDataException("it is not UTF-8");
        }

        // Damage, or a newer version's event: whoever does not understand a history must not go on writing it.
        return line.Type switch
        {
            EventType.Unknown => throw new InvalidDataException(
                $"its type '{Encoding.UTF8.GetString(line.TypeName)}' is not one that this version knows"),
            EventType.ReplyDelta or EventType.DeltaRun => true,
            _ => false,
        };
    }

    // Deltas are taken apart by position (EventLine, DeltaRun), so they must be exactly as they are written: the JSON has the
    // properties it should have, and writing it again from its parts gives the same bytes.
    private static void CheckDeltas(EventLine line)
    {
        var run = line.Type == EventType.DeltaRun;
        var lengths = CheckProperties(line.Json, run);
        var again = new ArrayBufferWriter<byte>(line.Json.Length + 1);
        if (run)
        {
            if (lengths.Length != line.Last - line.First + 1 || lengths.Sum(length => (long)length) != line.EscapedText.Length)
            {
                throw new InvalidDataException("its lengths do not fit");
            }

            DeltaRun.Write(again, line.Last, line.Message, lengths, line.EscapedText);
        }
        else
        {
            DeltaRun.WriteDelta(again, line.Last, line.Message, line.EscapedText);
        }

        if (!again.WrittenSpan[..^(run ? 1 : 0)].SequenceEqual(line.Json))
        {
            throw new InvalidDataException("it is not as this product writes it");
        }
    }

    private static int[] CheckProperties(ReadOnlySpan<byte> json, bool run)
    {
        var reader = new Utf8JsonReader(json);
        var lengths = new List<int>();
        Expect(ref reader, JsonTokenType.StartObject);
        ExpectProperty(ref reader, "type"u8, JsonTokenType.String);
        ExpectProperty(ref reader, "sequence"u8, JsonTokenType.Number);
        ExpectProperty(ref reader, "message"u8, JsonTokenType.String);
        if (run)
        {
            ExpectProperty(ref reader, "lengths"u8, JsonTokenType.StartArray);
            while (reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var length) && length >= 0)
            {
                lengths.Add(length);
            }

            if (reader.TokenType != JsonTokenType.EndArray)
            {
                throw new InvalidDataException("its lengths are not numbers");
            }
        }

        ExpectProperty(ref reader, "text"u8, JsonTokenType.String);
        Expect(ref reader, JsonTokenType.EndObject);
        CheckEnd(ref reader);
        return [.. lengths];
    }

    private static void ExpectProperty(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, JsonTokenType value)
    {
        Expect(ref reader, JsonTokenType.PropertyName);
        if (!reader.ValueTextEquals(name))
        {
            throw new InvalidDataException("its properties are not as this product writes them");
        }

        Expect(ref reader, value);
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new InvalidDataException("its properties are not as this product writes them");
        }
    }

    // Bytes after the object make the reader throw.
    private static void CheckEnd(ref Utf8JsonReader reader) => _ = reader.Read();
}
