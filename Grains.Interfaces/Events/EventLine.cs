using System.Buffers.Text;
using System.Text.Json;

namespace OrleansChat.Events;

/// <summary>
/// One line of a journal, in place: the JSON of an event, or of a run of deltas. Reads what it needs from the canonical
/// beginning, <c>{"type":"…","sequence":N,</c>, without parsing the rest.
/// </summary>
public readonly ref struct EventLine
{
    private EventLine(EventType type, ReadOnlySpan<byte> typeName, long first, long last, ReadOnlySpan<byte> json)
    {
        Type = type;
        TypeName = typeName;
        First = first;
        Last = last;
        Json = json;
    }

    /// <summary>What the line is.</summary>
    public EventType Type { get; }

    /// <summary>The type's name in JSON.</summary>
    public ReadOnlySpan<byte> TypeName { get; }

    /// <summary>The sequence of its first event.</summary>
    public long First { get; }

    /// <summary>The sequence of its last event; equal to <see cref="First"/> except for a run.</summary>
    public long Last { get; }

    /// <summary>The line's JSON, without the line break.</summary>
    public ReadOnlySpan<byte> Json { get; }

    /// <summary>The reply's id, of a piece or a run (<see cref="EventTypes.IsContent"/>).</summary>
    public ReadOnlySpan<byte> Message => Between(Json, "\"message\":\""u8, (byte)'"');

    /// <summary>
    /// What a piece, or a run, belongs to, as it stands in the JSON: <c>"message":"…",</c> and whatever else comes before the text and
    /// the lengths. Pieces of one type that belong to the same can be joined.
    /// </summary>
    public ReadOnlySpan<byte> Subject
    {
        get
        {
            var start = Json.IndexOf("\"message\":\""u8);
            var end = Type.IsRun() ? Json.IndexOf("\"lengths\":["u8) : Json.IndexOf(EventTypes.TextProperty(Type));
            return start < 0 || end < start ? default : Json[start..end];
        }
    }

    /// <summary>
    /// The text, or a call's arguments, as it stands in the JSON, escapes and all, of a piece or a run. Escaped texts can be joined as
    /// they are: no piece ends within an escape or a surrogate pair.
    /// </summary>
    public ReadOnlySpan<byte> EscapedText
    {
        get
        {
            var property = EventTypes.TextProperty(Type);
            var start = Json.IndexOf(property) + property.Length;
            return Json[start..^2];
        }
    }

    /// <summary>The text itself, of a piece or a run.</summary>
    public string Text
    {
        get
        {
            var escaped = EscapedText;
            // The quotes around the text belong to the line, so the JSON string can be read where it stands.
            var reader = new Utf8JsonReader(Json.Slice(Json.Length - escaped.Length - 3, escaped.Length + 2));
            reader.Read();
            return reader.GetString()!;
        }
    }

    /// <summary>The event itself, parsed; not for a run, which is several.</summary>
    /// <exception cref="JsonException">The line is not an event's JSON.</exception>
    public ConversationEvent Parse() => EventJson.Parse(Json);

    /// <summary>Reads the beginning of a line; false when it is not canonical or does not continue at <paramref name="first"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> json, long first, out EventLine line)
    {
        line = default;
        var head = "{\"type\":\""u8;
        var middle = "\",\"sequence\":"u8;
        if (!json.StartsWith(head) || json[^1] != (byte)'}')
        {
            return false;
        }

        var nameLength = json[head.Length..].IndexOf((byte)'"');
        if (nameLength <= 0)
        {
            return false;
        }

        var name = json.Slice(head.Length, nameLength);
        var rest = json[(head.Length + nameLength)..];
        if (!rest.StartsWith(middle) || !Utf8Parser.TryParse(rest[middle.Length..], out long sequence, out _))
        {
            return false;
        }

        var type = EventTypes.Parse(name);
        if (type.IsRun() ? sequence <= first : sequence != first)
        {
            return false;
        }

        line = new EventLine(type, name, first, sequence, json);
        return true;
    }

    private static ReadOnlySpan<byte> Between(ReadOnlySpan<byte> json, ReadOnlySpan<byte> before, byte after)
    {
        var rest = json[(json.IndexOf(before) + before.Length)..];
        return rest[..rest.IndexOf(after)];
    }
}
