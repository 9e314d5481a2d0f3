using System.Diagnostics;
using System.Runtime.InteropServices;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Report;

/// <summary>Where it was measured: a figure without its machine is a rumour.</summary>
internal sealed record MachineDescription(string Processor, int Cores, double MemoryGibibytes, string Kernel, string CongestionControl, string Runtime, string Commit)
{
    public static MachineDescription Read() => new(
        Field("/proc/cpuinfo", "model name"),
        Environment.ProcessorCount,
        double.Parse(Field("/proc/meminfo", "MemTotal").Split(' ')[0]) / (1024 * 1024),
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        File.ReadAllText("/proc/sys/net/ipv4/tcp_congestion_control").Trim(),
        RuntimeInformation.FrameworkDescription,
        ReadCommit());

    public override string ToString() =>
        $"{Processor}, {Cores} cores, {MemoryGibibytes:0.0} GiB; Linux {Kernel}, TCP {CongestionControl}; {Runtime}; commit {Commit}";

    private static string Field(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "0";

    private static string ReadCommit()
    {
        var start = new ProcessStartInfo("git", ["describe", "--always", "--dirty"]) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = Roles.Root };
        try
        {
            using var git = Process.Start(start)!;
            return git.StandardOutput.ReadToEnd().Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No git, as in a source archive.
            return "unknown";
        }
    }
}
