namespace OrleansChat.Benchmarks.Measuring;

/// <summary>Refuses a load that would run out of descriptors half-way.</summary>
internal static class OpenFiles
{
    // Assemblies, listeners, epoll, pipes, the store's files.
    private const int OtherFiles = 1_024;

    /// <summary>Throws if a process may not have so many connections.</summary>
    /// <exception cref="UsageException">It may not.</exception>
    public static void ThrowIfTooFewFor(int connections)
    {
        var needed = connections + OtherFiles;
        if (HardLimit() is { } limit && limit < needed)
        {
            throw new UsageException(
                $"{connections} connections of a process need about {needed} open files, and the hard limit is {limit}: raise it with 'ulimit -n {needed}' as root.");
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
