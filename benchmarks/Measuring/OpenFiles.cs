namespace OrleansChat.Benchmarks.Measuring;

/// <summary>Refuses a load that would run out of descriptors half-way.</summary>
internal static class OpenFiles
{
    // Assemblies, listeners, epoll, pipes, the journal's files held open for a moment.
    private const int OtherFiles = 512;

    // A server between client and model holds a socket to each; a third for a file per conversation.
    private const int FilesPerConversation = 3;

    public static void ThrowIfTooFewFor(int conversations)
    {
        var needed = (conversations * FilesPerConversation) + OtherFiles;
        if (HardLimit() is { } limit && limit < needed)
        {
            throw new UsageException(
                $"{conversations} conversations need about {needed} open files, and the hard limit is {limit}: raise it with 'ulimit -n {needed}' as root.");
        }
    }

    /// <summary>The hard limit counts, because .NET raises its soft limit to it at start.</summary>
    private static int? HardLimit()
    {
        var line = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        var fields = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is [.., var hard, "files"] && int.TryParse(hard, out var limit) ? limit : null;
    }
}
