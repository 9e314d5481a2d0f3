using System.Buffers;
using System.Globalization;
using System.Text.Json;
using OrleansChat.Usage;

namespace OrleansChat.Storage.Files.Usage;

/// <summary>A month of what an owner's replies cost: a file of JSON Lines. A line without its end was cut off by a crash, and comes again.</summary>
internal static class UsageFile
{
    /// <summary>The file of a month.</summary>
    public static string PathOf(string folder, DateOnly month) =>
        Path.Combine(folder, month.ToString("yyyy-MM", CultureInfo.InvariantCulture) + StorePaths.MainSuffix);

    /// <summary>Appends entries in one write.</summary>
    public static void Append(string path, IEnumerable<LedgerEntry> entries, Disk disk)
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var entry in entries)
        {
            using (var writer = new Utf8JsonWriter(lines))
            {
                JsonSerializer.Serialize(writer, entry, UsageJson.Default.LedgerEntry);
            }

            lines.Write("\n"u8);
        }

        var isNew = !File.Exists(path);
        using (var file = JournalFile.Open(path, FileMode.OpenOrCreate))
        {
            RandomAccess.Write(file, lines.WrittenSpan, EndOf(file));
            disk.Flush(file);
        }

        if (isNew)
        {
            disk.FlushDirectory(Path.GetDirectoryName(path)!);
        }
    }

    /// <summary>Reads all entries; none where there is no such file.</summary>
    /// <exception cref="InvalidDataException">A line is malformed. The message names it.</exception>
    public static IEnumerable<LedgerEntry> Read(string path)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        var number = 0;
        var next = reader.ReadLine();
        while (next is { } line)
        {
            number++;
            next = reader.ReadLine();
            if (TryParse(line) is { } entry)
            {
                yield return entry;
            }
            else if (next is not null)
            {
                throw new InvalidDataException($"{path}, line {number} is not what this product writes.");
            }
        }
    }

    private static LedgerEntry? TryParse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, UsageJson.Default.LedgerEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // After the last whole line: what follows it was cut off.
    private static long EndOf(Microsoft.Win32.SafeHandles.SafeFileHandle file)
    {
        var end = RandomAccess.GetLength(file);
        Span<byte> last = stackalloc byte[1];
        while (end > 0 && (RandomAccess.Read(file, last, end - 1) == 0 || last[0] != (byte)'\n'))
        {
            end--;
        }

        if (end < RandomAccess.GetLength(file))
        {
            RandomAccess.SetLength(file, end);
        }

        return end;
    }
}
