using System.Buffers;
using System.Text.Json;

namespace OrleansChat.Events;

/// <summary>
/// A run of deltas of one reply, stored as one record once the reply has ended: the joined text and the lengths of its pieces,
/// <c>{"type":"reply.deltas","sequence":N,"message":"…","lengths":[…],"text":"…"}</c>. The sequence is the last delta's.
/// Lengths count the bytes of each delta's text as escaped in JSON, so a run splits into exactly the lines it was made of.
/// </summary>
public static class DeltaRun
{
    /// <summary>Writes the record of a run, with its line feed.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="last">The sequence of the last delta.</param>
    /// <param name="message">The reply's id.</param>
    /// <param name="lengths">The length of each delta's escaped text, two or more.</param>
    /// <param name="escapedText">All escaped texts, joined.</param>
    public static void Write(
        IBufferWriter<byte> output,
        long last,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<int> lengths,
        ReadOnlySpan<byte> escapedText)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write("{\"type\":\"reply.deltas\",\"sequence\":"u8);
        output.WriteDecimal(last);
        output.Write(",\"message\":\""u8);
        output.Write(message);
        output.Write("\",\"lengths\":["u8);
        for (var i = 0; i < lengths.Length; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            output.WriteDecimal(lengths[i]);
        }

        output.Write("],\"text\":\""u8);
        output.Write(escapedText);
        output.Write("\"}\n"u8);
    }

    /// <summary>Writes the line of one delta from its parts, without the line feed.</summary>
    public static void WriteDelta(IBufferWriter<byte> output, long sequence, ReadOnlySpan<byte> message, ReadOnlySpan<byte> escapedText)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write("{\"type\":\"reply.delta\",\"sequence\":"u8);
        output.WriteDecimal(sequence);
        output.Write(",\"message\":\""u8);
        output.Write(message);
        output.Write("\",\"text\":\""u8);
        output.Write(escapedText);
        output.Write("\"}"u8);
    }

    /// <summary>Writes the deltas of a run that come after a cursor, a line each, with line feeds.</summary>
    public static void WriteDeltasAfter(IBufferWriter<byte> output, EventLine run, long cursor)
    {
        var deltas = Split(run);
        while (deltas.MoveNext())
        {
            if (deltas.Sequence > cursor)
            {
                WriteDelta(output, deltas.Sequence, run.Message, deltas.EscapedText);
                output.Write("\n"u8);
            }
        }
    }

    /// <summary>Walks through the deltas of a line of type <see cref="EventType.DeltaRun"/>.</summary>
    public static Splitter Split(EventLine run) => new(run);

    /// <summary>Walks through the deltas of a run.</summary>
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

        /// <summary>The sequence of the delta reached.</summary>
        public long Sequence { get; private set; }

        /// <summary>Its text as escaped in JSON.</summary>
        public ReadOnlySpan<byte> EscapedText { get; private set; }

        /// <summary>Goes to the next delta.</summary>
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
            new($"The run of deltas that holds event {next} has lengths that do not fit its text.");
    }
}
