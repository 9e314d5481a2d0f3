using System.Globalization;
using System.Text;
using OrleansChat.Benchmarks.Abuse.Scenarios;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Abuse;

/// <summary>What came of all of it, as a page among the results.</summary>
internal sealed class AbuseReport(string command)
{
    private readonly StringBuilder table = new StringBuilder()
        .AppendLine("| scenario | new requests | p50 ms | p99 ms | slowest ms | MiB before | most | after | of it free | |")
        .AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |");

    private readonly StringBuilder details = new();
    private readonly string load = File.ReadAllText("/proc/loadavg").Split(' ')[0];

    /// <summary>Whether something was not as it has to be.</summary>
    public bool HasFailed { get; private set; }

    public void Add(IScenario scenario, ServerUnderAttack server)
    {
        var (times, memory) = (server.NewRequests, server.Memory);
        HasFailed |= server.Failures.Count > 0;
        table.AppendLine(
            CultureInfo.InvariantCulture,
            $"| {scenario.Name} | {times.Count} | {Milliseconds(times.Percentile(0.5))} | {Milliseconds(times.Percentile(0.99))} | {Milliseconds(times.Percentile(1))} | {memory.Before:0} | {memory.During:0} | {memory.After:0} | {memory.Free:0} | {(server.Failures.Count == 0 ? "holds" : "**does not hold**")} |");
        details.AppendLine(CultureInfo.InvariantCulture, $"## {scenario.Name}").AppendLine().AppendLine(scenario.Deed).AppendLine();
        foreach (var note in server.Notes.Concat(server.Failures.GroupBy(failure => failure).Select(failure => $"**Not as it has to be:** {failure.Key} ({failure.Count()} times)")))
        {
            details.AppendLine(CultureInfo.InvariantCulture, $"- {note}");
        }

        details.AppendLine();
    }

    public async Task PublishAsync(string name)
    {
        var page = $"""
            # {name}, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC

            - Machine: {MachineDescription.Read()}
            - Command: `dotnet run --project benchmarks -c Release -- {command}`
            - Load average of the machine before: {load}. Attackers, others and server share its cores. Each scenario has a server of its own.

            While it goes on, somebody makes a new request every 50 ms, on a connection of its own. Memory is the server's resident memory,
            before and after with its garbage collected; free is what of it the next objects go into, which the runtime does not give back while what lies next to it is used.
            All of it holds if each of these requests gets its answer within a second, the memory comes back (what is in use afterwards is less than
            {ServerUnderAttack.MostKept:0} MiB more than before), and the server's log has no error.

            {table}
            {details}
            """;
        Console.Write(page);
        await File.WriteAllTextAsync(Path.Combine(Roles.Root, "benchmarks", "results", $"{DateTime.UtcNow:yyyy-MM-dd}-{name}.md"), page.TrimEnd() + "\n");
    }

    private static string Milliseconds(long? microseconds) => microseconds is { } time ? (time / 1000.0).ToString("0.0", CultureInfo.InvariantCulture) : "";
}
