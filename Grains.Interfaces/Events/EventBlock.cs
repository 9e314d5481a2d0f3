using System.Buffers;

namespace OrleansChat.Events;

/// <summary>
/// Consecutive events of one conversation as JSON Lines: the bytes that the journal holds, the stream carries and readers get.
/// </summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.EventBlock")]
public sealed class EventBlock
{
    /// <summary>Takes over bytes that nobody changes any more.</summary>
    /// <param name="first">The sequence of the first event.</param>
    /// <param name="last">The sequence of the last event.</param>
    /// <param name="lines">A line per event, or per run of pieces, each ended by a line feed.</param>
    public EventBlock(long first, long last, ReadOnlyMemory<byte> lines)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        First = first;
        Last = last;
        Lines = lines;
    }

    /// <summary>The sequence of the first event.</summary>
    [Id(0)]
    public long First { get; }

    /// <summary>The sequence of the last event.</summary>
    [Id(1)]
    public long Last { get; }

    /// <summary>The lines, each ended by a line feed.</summary>
    [Id(2)]
    public ReadOnlyMemory<byte> Lines { get; }

    /// <summary>The part of this block up to a sequence, by whole lines; null when no line ends there or before.</summary>
    public EventBlock? Through(long sequence)
    {
        if (sequence >= Last)
        {
            return this;
        }

        var (last, length) = (0L, 0);
        foreach (var line in this)
        {
            if (line.Last > sequence)
            {
                break;
            }

            last = line.Last;
            length += line.Json.Length + 1;
        }

        return length == 0 ? null : new EventBlock(First, last, Lines[..length]);
    }

    /// <summary>The first lines of this block, one at least, as long as they have no more than so many bytes.</summary>
    public EventBlock Beginning(int bytes)
    {
        if (Lines.Length <= bytes)
        {
            return this;
        }

        var (last, length) = (First, 0);
        foreach (var line in this)
        {
            if (length > 0 && length + line.Json.Length + 1 > bytes)
            {
                break;
            }

            last = line.Last;
            length += line.Json.Length + 1;
        }

        return length == Lines.Length ? this : new EventBlock(First, last, Lines[..length]);
    }

    /// <summary>
    /// The events of this block after a cursor; null when there are none. A run of pieces in which the cursor lies is split.
    /// </summary>
    public EventBlock? After(long cursor)
    {
        if (cursor < First)
        {
            return this;
        }

        if (cursor >= Last)
        {
            return null;
        }

        var skipped = 0;
        foreach (var line in this)
        {
            if (line.First > cursor)
            {
                break;
            }

            skipped += line.Json.Length + 1;
            if (line.Last > cursor)
            {
                var output = new ArrayBufferWriter<byte>();
                DeltaRun.WriteDeltasAfter(output, line, cursor);
                output.Write(Lines.Span[skipped..]);
                return new EventBlock(cursor + 1, Last, output.WrittenMemory);
            }
        }

        return new EventBlock(cursor + 1, Last, Lines[skipped..]);
    }

    /// <summary>Walks through the lines.</summary>
    public Enumerator GetEnumerator() => new(First, Lines.Span);

    /// <summary>Walks through the lines of an <see cref="EventBlock"/>.</summary>
    public ref struct Enumerator
    {
        private ReadOnlySpan<byte> rest;
        private long next;
        private EventLine current;

        internal Enumerator(long first, ReadOnlySpan<byte> lines)
        {
            next = first;
            rest = lines;
        }

        /// <summary>The line reached.</summary>
        public readonly EventLine Current => current;

        /// <summary>Goes to the next line.</summary>
        /// <exception cref="InvalidDataException">The line is not one that this product writes.</exception>
        public bool MoveNext()
        {
            if (rest.IsEmpty)
            {
                return false;
            }

            var length = rest.IndexOf((byte)'\n');
            if (length <= 0 || !EventLine.TryRead(rest[..length], next, out current))
            {
                throw new InvalidDataException($"The line of event {next} is malformed.");
            }

            rest = rest[(length + 1)..];
            next = current.Last + 1;
            return true;
        }
    }
}
