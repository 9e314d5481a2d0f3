using System.Diagnostics;
using OrleansChat.Chaos.Invariants;
using OrleansChat.Chaos.Report;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Chaos.Scenarios;

/// <summary>The database goes and comes back, in three ways.</summary>
internal sealed class PostgreSqlOutage() : Scenario("postgres", (100, 60, 5))
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Aim = TimeSpan.FromSeconds(10);

    protected override async IAsyncEnumerable<PhaseResult> PlayAsync(Stage stage, ICollection<string> notes)
    {
        notes.Add("the next event counts from when the server takes connections again");
        var server = stage.Cluster.Server;
        (string Name, Func<Task> Outage)[] phases =
        [
            ("stopped for 10 s", async () =>
            {
                await server.StopAsync(PostgresStop.Fast);
                await stage.LetRunAsync(TimeSpan.FromSeconds(10));
            }),
            ("killed with -9", server.KillAsync),
            ("restarted", () => server.StopAsync(PostgresStop.Fast)),
        ];
        foreach (var (name, outage) in phases.Where(phase => phase.Name.Contains(stage.Options.Only, StringComparison.Ordinal)))
        {
            yield return await PlayAsync(stage, name, outage);
        }
    }

    private static async Task<PhaseResult> PlayAsync(Stage stage, string name, Func<Task> outage)
    {
        await using var crowd = stage.Gather(stage.Plan);
        crowd.Add(stage.Options.Conversations);
        crowd.Start(TimeSpan.FromSeconds(5));
        await stage.LetRunAsync(Calm);

        var gone = Stopwatch.GetTimestamp();
        await outage();
        await stage.Cluster.Server.StartAsync();
        var back = Stopwatch.GetTimestamp();
        stage.Tell($"{name}: the server is back after {Stopwatch.GetElapsedTime(gone, back).TotalSeconds:0.0} s");
        await stage.LetRunAsync(Calm * 2);
        await crowd.FinishAsync();

        var hit = crowd.Clients.Where(client => client.Record.WasOpenAt(gone)).ToArray();
        var waits = Recovery.UntilAnything(hit.Where(client => client.Record.WasOpenAt(back)), back).ToArray();
        var verdict = await stage.InspectAsync(crowd);
        return PhaseResult.Of(
            name,
            verdict with
            {
                Violations = [.. verdict.Violations, .. waits.Where(wait => wait > Aim)
                    .Select(wait => new Violation(ViolationKind.Limit, name, $"the next event came {wait.TotalSeconds:0.0} s after the server was back"))],
            },
            crowd.Statistics,
            waits,
            $"{hit.Length} replies ran when the server went; it was away for {Stopwatch.GetElapsedTime(gone, back).TotalSeconds:0.0} s",
            Recovery.LongestGap(crowd));
    }
}
