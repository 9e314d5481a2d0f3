using System.Buffers;
using System.Text.Json;

namespace OrleansChat.Events;

/// <summary>
/// A run of pieces of one reply, stored as one record once the reply has ended: the joined text and the lengths of its pieces,
/// <c>{"type":"reply.deltas","sequence":N,"message":"…","lengths":[…],"text":"…"}</c>. The sequence is the last piece's. Not only of
/// text: all pieces of one type that differ in nothing but their last property make runs.
/// Lengths count the bytes of each piece's text as escaped in JSON, so a run splits into exactly the lines it was made of.
/// </summary>
public static class DeltaRun
{
    /// <summary>Writes the record of a run, with its line feed.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="type">What it is a run of.</param>
    /// <param name="last">The sequence of the last piece.</param>
    /// <param name="subject">What the pieces belong to; see <see cref="EventLine.Subject"/>.</param>
    /// <param name="lengths">The length of each piece's escaped text, two or more.</param>
    /// <param name="escapedText">All escaped texts, joined.</param>
    public static void Write(
        IBufferWriter<byte> output,
        EventType type,
        long last,
        ReadOnlySpan<byte> subject,
        ReadOnlySpan<int> lengths,
        ReadOnlySpan<byte> escapedText)
    {
        ArgumentNullException.ThrowIfNull(output);
        WriteHead(output, EventTypes.RunName(type), last, subject);
        output.Write("\"lengths\":["u8);
        for (var i = 0; i < lengths.Length; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            output.WriteDecimal(lengths[i]);
        }

        output.Write("],"u8);
        WriteText(output, type, escapedText);
        output.Write("\n"u8);
    }

    /// <summary>Writes the line of one piece, without the line feed.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="like">A line of the same type, or a run of it, that belongs to the same.</param>
    /// <param name="sequence">The piece's sequence.</param>
    /// <param name="escapedText">The piece's text.</param>
    public static void WritePiece(IBufferWriter<byte> output, EventLine like, long sequence, ReadOnlySpan<byte> escapedText) =>
        WritePiece(output, like.Type, sequence, like.Subject, escapedText);

    /// <summary>Writes the line of one piece from its parts, without the line feed.</summary>
    public static void WritePiece(
        IBufferWriter<byte> output, EventType type, long sequence, ReadOnlySpan<byte> subject, ReadOnlySpan<byte> escapedText)
    {
        ArgumentNullException.ThrowIfNull(output);
        WriteHead(output, EventTypes.PieceName(type), sequence, subject);
        WriteText(output, type, escapedText);
    }

    /// <summary>Writes the pieces of a run that come after a cursor, a line each, with line feeds.</summary>
    public static void WriteDeltasAfter(IBufferWriter<byte> output, EventLine run, long cursor)
    {
        var subject = run.Subject;
        var deltas = Split(run);
        while (deltas.MoveNext())
        {
            if (deltas.Sequence > cursor)
            {
                WritePiece(output, run.Type, deltas.Sequence, subject, deltas.EscapedText);
                output.Write("\n"u8);
            }
        }
    }

    /// <summary>The one piece that says what all pieces of a run say together, under the last one's sequence.</summary>
    public static ConversationEvent Join(EventLine run)
    {
        var output = new ArrayBufferWriter<byte>(run.Json.Length);
        WritePiece(output, run, run.Last, run.EscapedText);
        return EventJson.Parse(output.WrittenSpan);
    }

    /// <summary>The name in JSON of the pieces of a run.</summary>
    public static ReadOnlySpan<byte> PieceNameOf(EventLine run) => EventTypes.PieceName(run.Type);

    /// <summary>Walks through the pieces of a run.</summary>
    public static Splitter Split(EventLine run) => new(run);

    private static void WriteHead(IBufferWriter<byte> output, ReadOnlySpan<byte> name, long sequence, ReadOnlySpan<byte> subject)
    {
        output.Write("{\"type\":\""u8);
        output.Write(name);
        output.Write("\",\"sequence\":"u8);
        output.WriteDecimal(sequence);
        output.Write(","u8);
        output.Write(subject);
    }

    private static void WriteText(IBufferWriter<byte> output, EventType type, ReadOnlySpan<byte> escapedText)
    {
        output.Write(EventTypes.TextProperty(type));
        output.Write(escapedText);
        output.Write("\"}"u8);
    }

    /// <summary>Walks through the pieces of a run.</summary>
    public ref struct Splitter
    {
        private Utf8JsonReader lengths;
        private ReadOnlySpan<byte> rest;
        private long next;

        internal Splitter(EventLine run)
        {
            next = run.First;
            rest = run.EscapedText;
            var property = "\"lengths\":"u8;
            lengths = new Utf8JsonReader(run.Json[(run.Json.IndexOf(property) + property.Length)..], isFinalBlock: false, default);
            lengths.Read();
        }

        /// <summary>The sequence of the piece reached.</summary>
        public long Sequence { get; private set; }

        /// <summary>Its text as escaped in JSON.</summary>
        public ReadOnlySpan<byte> EscapedText { get; private set; }

        /// <summary>Goes to the next piece.</summary>
        /// <exception cref="InvalidDataException">Lengths and text do not fit each other.</exception>
        public bool MoveNext()
        {
            if (!lengths.Read() || lengths.TokenType != JsonTokenType.Number)
            {
                return rest.IsEmpty ? false : throw Malformed();
            }

            if (!lengths.TryGetInt32(out var length) || (uint)length > (uint)rest.Length)
            {
                throw Malformed();
            }

            EscapedText = rest[..length];
            rest = rest[length..];
            Sequence = next++;
            return true;
        }

        private readonly InvalidDataException Malformed() =>
            new($"The run of pieces that holds event {next} has lengths that do not fit its text.");
    }
}
