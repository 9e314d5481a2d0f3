using System.Buffers;
using System.Runtime.InteropServices;
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
    /// <summary>The event that a line holds; null for pieces of replies.</summary>
    /// <exception cref="InvalidDataException">The line is malformed.</exception>
    /// <exception cref="JsonException">The line is malformed.</exception>
    public static ConversationEvent? Parse(EventLine line)
    {
        if (!CheckType(line))
        {
            return line.Parse();
        }

        CheckContent(line);
        return null;
    }

    /// <summary>
    /// Checks a line that somebody else is going to parse: it is JSON of a type that this version knows, and pieces of replies are as
    /// they are written.
    /// </summary>
    /// <exception cref="InvalidDataException">The line is malformed.</exception>
    /// <exception cref="JsonException">The line is malformed.</exception>
    public static void Check(EventLine line)
    {
        if (CheckType(line))
        {
            CheckContent(line);
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

    // True for pieces of replies.
    private static bool CheckType(EventLine line)
    {
        // Utf8JsonReader looks into strings only when it is asked for them.
        if (!Utf8.IsValid(line.Json))
        {
            throw new InvalidDataException("it is not UTF-8");
        }

        // Damage, or a newer version's event: whoever does not understand a history must not go on writing it.
        return line.Type == EventType.Unknown
            ? throw new InvalidDataException($"its type '{Encoding.UTF8.GetString(line.TypeName)}' is not one that this version knows")
            : line.Type.IsContent();
    }

    // Pieces are taken apart by position (EventLine, DeltaRun), so they must be exactly as they are written: the JSON has the
    // properties it should have, and writing it again from its parts gives the same bytes.
    private static void CheckContent(EventLine line)
    {
        var again = new ArrayBufferWriter<byte>(line.Json.Length + 1);
        var reader = new Utf8JsonReader(line.Json);
        Expect(ref reader, JsonTokenType.StartObject);
        ExpectProperty(ref reader, "type"u8, JsonTokenType.String);
        ExpectProperty(ref reader, "sequence"u8, JsonTokenType.Number);
        var subject = ReadSubject(ref reader, line.Type);
        if (line.Type.IsRun())
        {
            var lengths = ReadLengths(ref reader);
            if (lengths.Count != line.Last - line.First + 1 || lengths.Sum(length => (long)length) != line.EscapedText.Length)
            {
                throw new InvalidDataException("its lengths do not fit");
            }

            Expect(ref reader, JsonTokenType.PropertyName);
            ExpectText(ref reader, line.Type);
            DeltaRun.Write(again, line.Type, line.Last, subject, CollectionsMarshal.AsSpan(lengths), line.EscapedText);
        }
        else
        {
            ExpectText(ref reader, line.Type);
            DeltaRun.WritePiece(again, line.Type, line.Last, subject, line.EscapedText);
        }

        Expect(ref reader, JsonTokenType.EndObject);
        CheckEnd(ref reader);
        if (!again.WrittenSpan[..^(line.Type.IsRun() ? 1 : 0)].SequenceEqual(line.Json))
        {
            throw new InvalidDataException("it is not as this product writes it");
        }
    }

    // The message and what else there is before the lengths, or the text, written again. The reader is at the property that comes next.
    private static ReadOnlySpan<byte> ReadSubject(ref Utf8JsonReader reader, EventType type)
    {
        var subject = new ArrayBufferWriter<byte>(32);
        Expect(ref reader, JsonTokenType.PropertyName);
        if (!reader.ValueTextEquals("message"u8))
        {
            throw Unexpected();
        }

        do
        {
            subject.Write("\""u8);
            subject.Write(reader.ValueSpan);
            subject.Write("\":"u8);
            if (!reader.Read() || reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
            {
                throw Unexpected();
            }

            var quote = reader.TokenType == JsonTokenType.String ? "\""u8 : ""u8;
            subject.Write(quote);
            subject.Write(reader.ValueSpan);
            subject.Write(quote);
            subject.Write(","u8);
            Expect(ref reader, JsonTokenType.PropertyName);
        }
        while (!reader.ValueTextEquals(type.IsRun() ? "lengths"u8 : TextName(type)));
        return subject.WrittenSpan;
    }

    private static List<int> ReadLengths(ref Utf8JsonReader reader)
    {
        var lengths = new List<int>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var length) && length >= 0)
        {
            lengths.Add(length);
        }

        return reader.TokenType == JsonTokenType.EndArray ? lengths : throw new InvalidDataException("its lengths are not numbers");
    }

    private static ReadOnlySpan<byte> TextName(EventType type) =>
        type is EventType.ReplyToolCall or EventType.ToolCallRun ? "arguments"u8 : "text"u8;

    // The reader is at the property.
    private static void ExpectText(ref Utf8JsonReader reader, EventType type)
    {
        if (!reader.ValueTextEquals(TextName(type)))
        {
            throw Unexpected();
        }

        Expect(ref reader, JsonTokenType.String);
    }

    private static void ExpectProperty(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, JsonTokenType value)
    {
        Expect(ref reader, JsonTokenType.PropertyName);
        if (!reader.ValueTextEquals(name))
        {
            throw Unexpected();
        }

        Expect(ref reader, value);
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw Unexpected();
        }
    }

    private static InvalidDataException Unexpected() => new("its properties are not as this product writes them");

    // Bytes after the object make the reader throw.
    private static void CheckEnd(ref Utf8JsonReader reader) => _ = reader.Read();
}
