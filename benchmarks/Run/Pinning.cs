using OrleansChat.Benchmarks.Experiments;

namespace OrleansChat.Benchmarks.Run;

/// <summary>Which cores the server under test and the generator (model and clients) run on.</summary>
/// <param name="Server">For <c>taskset -c</c>; null: anywhere.</param>
/// <param name="Generator">For <c>taskset -c</c>; null: anywhere.</param>
/// <param name="Note">For the report.</param>
internal sealed record Pinning(string? Server, string? Generator, string Note)
{
    public static Pinning Detect(RunOptions options)
    {
        if (Environment.ProcessorCount < 2)
        {
            return new Pinning(null, null, "NOT PINNED: one core only, so server, model and clients take time from each other");
        }

        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "taskset")))
            ? new Pinning(options.ServerCores, options.GeneratorCores, $"server on core {options.ServerCores}; model and clients on core {options.GeneratorCores} (taskset)")
            : new Pinning(null, null, "NOT PINNED: taskset (util-linux) is missing, so server, model and clients may share cores");
    }

    /// <summary>The same, or all cores for everybody where the case wants that.</summary>
    public Pinning For(Case @case)
    {
        var all = Server is null ? null : $"{Generator},{Server}";
        return @case.SharesCores ? this with { Server = all, Generator = all } : this;
    }
}
