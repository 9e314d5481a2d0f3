using System.Globalization;
using System.Text;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.FailureDetection;

/// <summary>What was measured, as a page among the results.</summary>
internal sealed class FailureDetectionReport(int silos, string command)
{
    private readonly StringBuilder noticed = new StringBuilder()
        .AppendLine("| machine | signal | runs | fastest ms | median ms | slowest ms |")
        .AppendLine("| --- | --- | ---: | ---: | ---: | ---: |");

    // Who else uses the machine can be read off this, and a busy machine is the question.
    private readonly string loadBefore = LoadAverage();

    private string busy = "";

    /// <summary>How many silos ended while they joined, because others took them for dead.</summary>
    public int EndedAtStart { get; set; }

    public void Noticed(string machine, string signal, IReadOnlyList<TimeSpan> times)
    {
        var sorted = times.Select(time => Math.Round(time.TotalMilliseconds)).Order().ToArray();
        if (sorted.Length > 0)
        {
            noticed.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {machine} | {signal} | {sorted.Length} | {sorted[0]} | {sorted[sorted.Length / 2]} | {sorted[^1]} |");
        }
    }

    public void Busy(int loops, TimeSpan time, long deaths, int missed) => busy =
        $"{loops} busy loops for {time.TotalSeconds} s: {deaths} silos falsely declared dead, {missed} probes missed.";

    public async Task PublishAsync()
    {
        var page = $"""
            # failure detection, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC

            - Machine: {MachineDescription.Read()}
            - Command: `dotnet run --project benchmarks -c Release -- {command}`
            - Cluster: {silos} silos as processes over PostgreSQL on the same machine, with nothing to do.
            - Load average of the machine before and after: {loadBefore}; {LoadAverage()}

            From the signal to the row in the membership table that says that the silo is dead, which another silo has written and is
            about to tell all others:

            {noticed}
            {busy}
            Of all silos that were started, {EndedAtStart} were taken for dead before they had joined.

            """;
        Console.Write(page);
        await File.WriteAllTextAsync(Path.Combine(Roles.Root, "benchmarks", "results", $"{DateTime.UtcNow:yyyy-MM-dd}-failure-detection.md"), page);
    }

    private static string LoadAverage() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3));
}
