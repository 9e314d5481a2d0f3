using System.Text.Json;
using OrleansChat.Conversations;

namespace OrleansChat.Storage.Files.Live;

/// <summary>The line that begins a record of the log; <see cref="CommitBuffer"/> writes it.</summary>
internal readonly record struct RecordLine
{
    /// <summary>The conversation.</summary>
    public ConversationKey Key { get; private init; }

    /// <summary>The sequence of the first event.</summary>
    public long First { get; private init; }

    /// <summary>The sequence of the last event.</summary>
    public long Last { get; private init; }

    /// <summary>How many bytes of events follow; 0 where they start a reply, and are in the main file.</summary>
    public int Bytes { get; private init; }

    /// <summary>The sequence up to which the log's events are not needed any more; 0 when the record is not about that.</summary>
    public long Settled { get; private init; }

    /// <summary>Whether the conversation was deleted.</summary>
    public bool Deleted { get; private init; }

    /// <summary>Reads a line.</summary>
    /// <exception cref="InvalidDataException">This version does not write such lines.</exception>
    /// <exception cref="JsonException">It is not JSON.</exception>
    public static RecordLine Parse(ReadOnlySpan<byte> json)
    {
        var line = default(RecordLine);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            line = name switch
            {
                "conversation" => line with { Key = KeyOf(reader.GetString()) },
                "first" => line with { First = reader.GetInt64() },
                "last" => line with { Last = reader.GetInt64() },
                "bytes" => line with { Bytes = reader.GetInt32() },
                "settled" => line with { Settled = reader.GetInt64() },
                "deleted" => line with { Deleted = reader.GetBoolean() },
                _ => throw new InvalidDataException($"'{name}' is not something that this version knows"),
            };
        }

        return line.Key != default && (line.Deleted || line.Settled > 0 || (line.First > 0 && line.Last >= line.First && line.Bytes >= 0))
            ? line
            : throw new InvalidDataException("it is not a record");
    }

    private static ConversationKey KeyOf(string? text) =>
        ConversationKey.TryParse(text, out var key) ? key : throw new InvalidDataException($"'{text}' is not the key of a conversation");
}
