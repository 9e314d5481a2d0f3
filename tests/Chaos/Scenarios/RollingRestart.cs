using System.Diagnostics;
using OrleansChat.Chaos.Report;

namespace OrleansChat.Chaos.Scenarios;

/// <summary>Every process is told to stop, and started again, one after the other, as an upgrade does. Nobody may notice more than a pause.</summary>
internal sealed class RollingRestart() : Scenario("rolling", (100, 40, 5))
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    protected override async IAsyncEnumerable<PhaseResult> PlayAsync(Stage stage, ICollection<string> notes)
    {
        await using var crowd = stage.Gather(stage.Plan with { Strict = true });
        crowd.Add(stage.Options.Conversations);
        crowd.Start(TimeSpan.FromSeconds(5));
        await stage.LetRunAsync(Calm);
        foreach (var process in stage.Cluster.All)
        {
            stage.Tell($"restarting {process.Name}");
            var start = Stopwatch.GetTimestamp();
            await stage.Cluster.StopAsync(process);
            var stopped = Stopwatch.GetTimestamp();
            await stage.Cluster.StartAsync(process);
            notes.Add($"{process.Name} stopped within {Stopwatch.GetElapsedTime(start, stopped).TotalSeconds:0.0} s and was ready {Stopwatch.GetElapsedTime(stopped).TotalSeconds:0.0} s later");
            await stage.LetRunAsync(Calm / 2);
        }

        await crowd.FinishAsync();
        yield return PhaseResult.Of(
            $"{stage.Cluster.All.Count()} restarts", await stage.InspectAsync(crowd), crowd.Statistics, [], Recovery.LongestGap(crowd));
    }
}
