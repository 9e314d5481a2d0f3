namespace OrleansChat.Benchmarks.Servers;

/// <summary>The processes that the clients talk to, with their data, which stays until the program ends.</summary>
internal sealed class ServerUnderTest(string target) : IDisposable
{
    private readonly List<ManagedProcess> processes = [];
    private readonly List<string> folders = [];
    private readonly List<int> ids = [];

    /// <summary>Whose CPU time and memory are the target's.</summary>
    public IReadOnlyList<int> Ids => ids;

    /// <summary>Of its nodes.</summary>
    public IList<Uri> Urls { get; } = [];

    /// <summary>A file with the ids of conversations that were there from the beginning; empty for none.</summary>
    public string Existing { get; set; } = "";

    /// <summary>Starts a process of the target's.</summary>
    public ManagedProcess Start(string command, string? cores, string folder, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var process = StartBeside(command, cores, folder, environment);
        ids.Add(process.Id);
        return process;
    }

    /// <summary>Starts a process that is needed and not measured.</summary>
    public ManagedProcess StartBeside(string command, string? cores, string folder, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var process = ManagedProcess.Start(command, cores, folder, environment);
        processes.Add(process);
        return process;
    }

    /// <summary>Measures a process that is somebody else's to end.</summary>
    public void Measure(ManagedProcess process) => ids.Add(process.Id);

    public string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("orleanschat-benchmark-").FullName;
        folders.Add(folder);
        return folder;
    }

    /// <summary>A dead process has used no CPU, which must not look like thrift.</summary>
    public void ThrowIfEnded()
    {
        if (processes.FirstOrDefault(process => process.HasExited) is { } ended)
        {
            throw new UsageException($"{target} ended in mid-run. Its last words:{Environment.NewLine}{ended.LastWords()}");
        }
    }

    public void Dispose()
    {
        // Those that were started last depend on the others.
        foreach (var process in Enumerable.Reverse(processes))
        {
            process.Dispose();
        }

        folders.ForEach(Leftovers.Add);
    }
}
