using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;

namespace OrleansChat.Storage.Files.Live;

/// <summary>
/// The first line of a commit in the log: its number within the segment, how many bytes follow, and a checksum of all of that. Always of the
/// same length, so that it can be written when the rest is known.
/// </summary>
internal static class CommitHeader
{
    /// <summary>How long it is, with its line feed.</summary>
    public const int Length = 58;

    private const int ChecksumStart = 47;

    /// <summary>How every header begins.</summary>
    public static ReadOnlySpan<byte> Start => "{\"commit\":"u8;

    /// <summary>Writes the header of a commit before what follows it.</summary>
    /// <param name="commit">Room for the header, and the records.</param>
    /// <param name="number">The commit's number.</param>
    public static void Write(Span<byte> commit, long number)
    {
        Utf8.TryWrite(commit, CultureInfo.InvariantCulture, $"{{\"commit\":{number,10},\"bytes\":{commit.Length - Length,10},\"crc\":\"", out _);
        var checksum = Checksum(commit);
        Utf8.TryWrite(commit[ChecksumStart..Length], CultureInfo.InvariantCulture, $"{checksum:x8}\"}}\n", out _);
    }

    /// <summary>Whether some bytes begin with a whole commit that is as it was written.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="number">The commit's number.</param>
    /// <param name="length">How long the commit is, with its header.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out long number, out int length)
    {
        (number, length) = (0, 0);
        if (bytes.Length < Length
            || !bytes.StartsWith(Start)
            || !Utf8Parser.TryParse(bytes[10..20].TrimStart((byte)' '), out number, out _)
            || !Utf8Parser.TryParse(bytes[29..39].TrimStart((byte)' '), out int rest, out _)
            || rest < 0
            || rest > bytes.Length - Length)
        {
            return false;
        }

        length = Length + rest;
        Span<byte> again = stackalloc byte[Length];
        Utf8.TryWrite(again, CultureInfo.InvariantCulture, $"{{\"commit\":{number,10},\"bytes\":{rest,10},\"crc\":\"", out _);
        Utf8.TryWrite(again[ChecksumStart..], CultureInfo.InvariantCulture, $"{Checksum(bytes[..length]):x8}\"}}\n", out _);
        return again.SequenceEqual(bytes[..Length]);
    }

    private static uint Checksum(ReadOnlySpan<byte> commit) =>
        Crc32C.Append(Crc32C.Append(0, commit[..ChecksumStart]), commit[Length..]);
}
