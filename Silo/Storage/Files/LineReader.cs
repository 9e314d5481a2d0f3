using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace OrleansChat.Storage.Files;

/// <summary>Reads a part of a file line by line, through a buffer that is as large as the longest line needs.</summary>
internal sealed class LineReader(SafeFileHandle file, long start, long end) : IDisposable
{
    private const int InitialBuffer = 64 * 1024;

    // A line is one event, or one reply's text: far below this. A file that was overwritten may have no line breaks at all.
    private const int LongestLine = 256 * 1024 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(InitialBuffer);
    private long position = start;
    private int lineStart;
    private int filled;

    /// <summary>The offset in the file of the next line.</summary>
    public long NextOffset => position - (filled - lineStart);

    /// <summary>Reads the next line; false where no whole line is left.</summary>
    /// <param name="line">The line without its line feed, until the next call.</param>
    /// <exception cref="InvalidDataException">The line is too long to be one.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var rest = buffer.AsSpan(lineStart, filled - lineStart);
            var length = rest[searched..].IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = rest[..(searched + length)];
                lineStart += searched + length + 1;
                return true;
            }

            searched = rest.Length;
            if (!Fill())
            {
                line = default;
                return false;
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private bool Fill()
    {
        if (position == end)
        {
            return false;
        }

        MakeRoom();
        var wanted = (int)Math.Min(buffer.Length - filled, end - position);
        var read = RandomAccess.Read(file, buffer.AsSpan(filled, wanted), position);
        position += read;
        filled += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        var rest = buffer.AsSpan(lineStart, filled - lineStart);
        if (rest.Length < buffer.Length)
        {
            rest.CopyTo(buffer);
        }
        else if (rest.Length < LongestLine)
        {
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            rest.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        else
        {
            throw new InvalidDataException($"it has more than {LongestLine} bytes");
        }

        filled -= lineStart;
        lineStart = 0;
    }
}
