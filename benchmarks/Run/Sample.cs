using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.Run;

/// <summary>What everybody has used up so far, CPU in seconds.</summary>
/// <param name="Time">Microseconds of the shared clock.</param>
/// <param name="Server">Of the server under test.</param>
/// <param name="Generator">Of the model and the clients.</param>
/// <param name="Ours">Of all processes of this benchmark, each once: they are all descendants of this one.</param>
/// <param name="FileReads">Read calls of the server, sockets not among them.</param>
/// <param name="Machine">Of the whole machine, from an arbitrary origin.</param>
internal sealed record Sample(long Time, double Server, double Generator, double Ours, long FileReads, double Machine)
{
    public static Sample Take(IReadOnlyCollection<int> server, int model, int load)
    {
        // The clock and the server side by side, as they make the figure that counts most.
        var now = MonotonicClock.Now;
        return new Sample(
            now,
            server.Sum(ProcessTree.CpuSeconds),
            ProcessTree.CpuSeconds(model) + ProcessTree.CpuSeconds(load),
            ProcessTree.CpuSeconds(Environment.ProcessId),
            server.Sum(ProcessTree.FileReads),
            SystemCpu.BusySeconds(MonotonicClock.Now));
    }
}

/// <summary>Cores' worth of work between two samples, and the server's reads of files.</summary>
internal sealed record CpuUse(double Server, double Generator, double Foreign, long FileReads)
{
    public static CpuUse Between(Sample start, Sample end)
    {
        var seconds = (end.Time - start.Time) / (double)MonotonicClock.MicrosecondsPerSecond;
        return new CpuUse(
            (end.Server - start.Server) / seconds,
            (end.Generator - start.Generator) / seconds,
            Math.Max(0, end.Machine - start.Machine - (end.Ours - start.Ours)) / seconds,
            end.FileReads - start.FileReads);
    }
}
