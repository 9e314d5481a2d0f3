using System.Diagnostics;

namespace OrleansChat.Benchmarks.FailureDetection;

/// <summary>Processes that want all the time they can get, at the same priority as the silos.</summary>
internal sealed class BusyLoops : IDisposable
{
    private readonly List<Process> loops;

    private BusyLoops(List<Process> started) => loops = started;

    public static BusyLoops Start(int count) =>
        new([.. Enumerable.Range(0, count).Select(_ => Process.Start("sh", ["-c", "while :; do :; done"]))]);

    public void Dispose()
    {
        foreach (var loop in loops)
        {
            loop.Kill();
            loop.Dispose();
        }
    }
}
