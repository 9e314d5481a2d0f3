using System.Text.Json;
using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;
using OrleansChat.Events;

namespace OrleansChat.Storage.Files.Live;

/// <summary>
/// Takes over a directory of the time before the log, when each running reply had a file of its own beside the main file, and an empty one in
/// a folder of markers. Can be cut off and repeated: a file goes when the log has it, the folder of markers last.
/// </summary>
internal static class PreviousLayout
{
    private const string LiveSuffix = ".live.jsonl";
    private const char MarkerSeparator = '~';

    /// <summary>Copies everything into the log, if the directory is of that time.</summary>
    public static void TakeOver(StorePaths paths, Disk disk, ILogger logger, LiveLog log, LiveIndex index)
    {
        var markers = Path.Combine(paths.Root, "unfinished");
        if (!Directory.Exists(markers))
        {
            return;
        }

        var count = 0;
        foreach (var folder in Directory.EnumerateDirectories(paths.Conversations))
        {
            foreach (var path in Directory.GetFiles(folder, "*" + LiveSuffix))
            {
                TakeOver(path, folder, paths, log, index);
                Disk.Delete(path);
                count++;
            }
        }

        foreach (var path in Directory.GetFiles(markers))
        {
            if (TryParseMarker(Path.GetFileName(path), out var key) && File.Exists(paths.Main(key)) && index.TryFind(key, out _) is false)
            {
                // Where the reply starts is in the main file, which is opened when somebody looks for unfinished replies.
                log.Import(new LiveTail(key), new EventBlock(1, 1, default), isMark: true);
            }
        }

        Directory.Delete(markers, recursive: true);
        disk.FlushDirectory(paths.Root);
        logger.PreviousLayoutTakenOver(count);
    }

    private static void TakeOver(string path, string folder, StorePaths paths, LiveLog log, LiveIndex index)
    {
        if (!OwnerFolder.TryParse(Path.GetFileName(folder), out var owner)
            || !ConversationId.TryParse(Path.GetFileName(path)[..^LiveSuffix.Length], out var id)
            || !File.Exists(paths.Main(new ConversationKey(owner, id))))
        {
            return;
        }

        // A last line without a line feed is what a write that was cut off leaves.
        var bytes = File.ReadAllBytes(path);
        var lines = bytes.AsMemory(0, bytes.AsSpan().LastIndexOf((byte)'\n') + 1);
        var key = new ConversationKey(owner, id);
        var known = index.TryFind(key, out var tail);
        if (lines.IsEmpty || (known && tail!.Last > 0))
        {
            return;
        }

        // Lines that are malformed are taken over too: whoever opens the conversation is told.
        var end = lines.Span[..^1].LastIndexOf((byte)'\n') + 1;
        var first = Math.Max(1, SequenceOf(lines.Span[..lines.Span.IndexOf((byte)'\n')]));
        var last = Math.Max(first, SequenceOf(lines.Span[end..^1]));
        log.Import(tail ?? new LiveTail(key), new EventBlock(first, last, lines), isMark: false);
    }

    private static long SequenceOf(ReadOnlySpan<byte> json)
    {
        try
        {
            return StoredLine.SequenceOf(json);
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private static bool TryParseMarker(string name, out ConversationKey key)
    {
        key = default;
        var separator = name.LastIndexOf(MarkerSeparator);
        if (separator <= 0
            || !OwnerFolder.TryParse(name[..separator], out var owner)
            || !ConversationId.TryParse(name[(separator + 1)..], out var id))
        {
            return false;
        }

        key = new ConversationKey(owner, id);
        return true;
    }
}
