using OrleansChat.Chaos.Report;

namespace OrleansChat.Chaos.Scenarios;

/// <summary>API nodes are killed one after the other; their readers go on at another.</summary>
internal sealed class KillApi() : Scenario("kill-api", (100, 40, 5))
{
    private const int Rounds = 2;

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    protected override async IAsyncEnumerable<PhaseResult> PlayAsync(Stage stage, ICollection<string> notes)
    {
        await using var crowd = stage.Gather(stage.Plan);
        crowd.Add(stage.Options.Conversations);
        crowd.Start(TimeSpan.FromSeconds(5));
        await stage.LetRunAsync(Calm);

        var waits = new List<TimeSpan>();
        var apis = stage.Cluster.Processes.Apis;
        foreach (var (node, api) in Enumerable.Repeat(apis.Index(), Rounds).SelectMany(each => each))
        {
            var readers = crowd.Clients.Where(client => client.Node == node).ToArray();
            var moment = await stage.Cluster.KillAsync(api);
            stage.Tell($"killed {api.Name}, which had {readers.Length} readers");
            await stage.LetRunAsync(Calm / 2);
            await stage.Cluster.StartAsync(api);
            await stage.LetRunAsync(Calm);
            waits.AddRange(Recovery.UntilNextEvent(readers, moment));
        }

        await crowd.FinishAsync();
        yield return PhaseResult.Of(
            $"{Rounds * apis.Count} kills", await stage.InspectAsync(crowd), crowd.Statistics, waits,
            "the time to the next event has the 2 s in it that the server asks its readers to wait before they come back", Recovery.LongestGap(crowd));
    }
}
