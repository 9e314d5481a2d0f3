using System.Buffers.Text;

namespace OrleansChat.Storage.Files.Live;

/// <summary>
/// Gathers the records of a commit for one write, in one buffer that is used again. A record is a line that says what it is, and for events their
/// lines after it.
/// </summary>
internal sealed class CommitBuffer
{
    private const int Kept = 1024 * 1024;
    private const int LongestNumber = 20;

    private byte[] bytes = new byte[64 * 1024];

    /// <summary>How many bytes the commit has so far.</summary>
    public int Length { get; private set; } = CommitHeader.Length;

    /// <summary>Begins a commit.</summary>
    public void Begin()
    {
        if (bytes.Length > Kept)
        {
            bytes = new byte[Kept];
        }

        Length = CommitHeader.Length;
    }

    /// <summary>Adds events, or room for them. Returns where their lines start.</summary>
    /// <param name="name">The conversation.</param>
    /// <param name="first">The sequence of the first event.</param>
    /// <param name="last">The sequence of the last event.</param>
    /// <param name="length">How many bytes the lines have; 0 notes that the events start a reply, and are in the main file.</param>
    /// <param name="lines">The lines' place, to be filled in.</param>
    public int AddEvents(ReadOnlySpan<byte> name, long first, long last, int length, out Span<byte> lines)
    {
        Add("{\"conversation\":\""u8, name);
        Add("\",\"first\":"u8, first);
        Add(",\"last\":"u8, last);
        Add(",\"bytes\":"u8, length);
        Add("}\n"u8);
        var start = Length;
        lines = Reserve(length)[..length];
        Length += length;
        return start;
    }

    /// <summary>Notes that no event up to a sequence is needed any more.</summary>
    public void AddSettled(ReadOnlySpan<byte> name, long last)
    {
        Add("{\"conversation\":\""u8, name);
        Add("\",\"settled\":"u8, last);
        Add("}\n"u8);
    }

    /// <summary>Notes that a conversation was deleted.</summary>
    public void AddDeleted(ReadOnlySpan<byte> name)
    {
        Add("{\"conversation\":\""u8, name);
        Add("\",\"deleted\":true}\n"u8);
    }

    /// <summary>The commit as it is to be written.</summary>
    public ReadOnlySpan<byte> End(long number)
    {
        CommitHeader.Write(bytes.AsSpan(0, Length), number);
        return bytes.AsSpan(0, Length);
    }

    private void Add(ReadOnlySpan<byte> text, ReadOnlySpan<byte> more)
    {
        Add(text);
        Add(more);
    }

    private void Add(ReadOnlySpan<byte> text, long number)
    {
        Add(text);
        Utf8Formatter.TryFormat(number, Reserve(LongestNumber), out var written);
        Length += written;
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Reserve(text.Length));
        Length += text.Length;
    }

    private Span<byte> Reserve(int count)
    {
        if (bytes.Length - Length < count)
        {
            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(bytes.Length * 2L, (long)Length + count)));
        }

        return bytes.AsSpan(Length);
    }
}
