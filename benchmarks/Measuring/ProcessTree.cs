namespace OrleansChat.Benchmarks.Measuring;

/// <summary>CPU time and memory of a process and all that it started, from <c>/proc</c>.</summary>
internal static class ProcessTree
{
    // Fields of /proc/{pid}/stat after the name, which is in brackets and may itself contain blanks and brackets.
    private const int ParentField = 1;
    private const int UserTimeField = 11;
    private const int SystemTimeField = 12;
    private const int EndedChildrenUserTimeField = 13;
    private const int EndedChildrenSystemTimeField = 14;

    /// <summary>User and system time so far, of those that have ended too. Without interrupt-time accounting this includes loopback's network interrupts.</summary>
    public static double CpuSeconds(int root) =>
        MembersById(root).Values.Sum(fields =>
            long.Parse(fields[UserTimeField]) + long.Parse(fields[SystemTimeField])
            + long.Parse(fields[EndedChildrenUserTimeField]) + long.Parse(fields[EndedChildrenSystemTimeField])) / SystemCpu.TicksPerSecond;

    /// <summary>Resident memory. What several processes share, as PostgreSQL's do its buffers, counts once.</summary>
    public static long ResidentBytes(int root) => MembersById(root).Sum(member => ResidentBytesOf(member.Key));

    /// <summary>Calls of <c>read</c> and its kin so far; a socket's <c>recv</c> is none of them.</summary>
    public static long FileReads(int root) => MembersById(root).Sum(member => FieldOf($"/proc/{member.Key}/io", "syscr:"));

    private static Dictionary<int, string[]> MembersById(int root)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Fields: ReadStat(id)))
            .Where(process => process.Fields is not null)
            .ToDictionary(process => process.Id, process => process.Fields!);
        return all.Where(process => IsWithin(process.Key)).ToDictionary();

        bool IsWithin(int id)
        {
            while (id != root && all.TryGetValue(id, out var fields))
            {
                id = int.Parse(fields[ParentField]);
            }

            return id == root;
        }
    }

    private static string[]? ReadStat(int id) =>
        TryRead($"/proc/{id}/stat") is { } text ? text[(text.LastIndexOf(')') + 2)..].Split(' ') : null;

    private static long ResidentBytesOf(int id) => 1024 *
        (FieldOf($"/proc/{id}/status", "VmRSS:") - FieldOf($"/proc/{id}/status", "RssShmem:") + FieldOf($"/proc/{id}/smaps_rollup", "Pss_Shmem:"));

    /// <summary>A number behind its label; 0 where there is none.</summary>
    private static long FieldOf(string path, string label)
    {
        var line = TryRead(path)?.Split('\n').FirstOrDefault(line => line.StartsWith(label, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line[label.Length..].Replace("kB", "", StringComparison.Ordinal).Trim());
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Processes end between listing and reading.
            return null;
        }
    }
}
