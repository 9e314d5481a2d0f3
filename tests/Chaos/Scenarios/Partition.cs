using System.Diagnostics;
using OrleansChat.Chaos.Cluster;
using OrleansChat.Chaos.Report;
using OrleansChat.Testing.Product;

namespace OrleansChat.Chaos.Scenarios;

/// <summary>
/// One silo is cut off from the rest for a while: once with the database in its reach, once without. Replies take longer than that, so
/// that none ends by itself.
/// </summary>
internal sealed class Partition() : Scenario("partition", (100, 200, 5))
{
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    private Namespaces? network;

    protected override string? Obstacle => Namespaces.Obstacle;

    protected override async Task<IPlaces?> SettleDownAsync() => network = await Namespaces.TryCreateAsync();

    protected override async IAsyncEnumerable<PhaseResult> PlayAsync(Stage stage, ICollection<string> notes)
    {
        notes.Add("every process is in a network namespace of its own; what is cut vanishes without an error, on connections that exist too");
        notes.Add("the next event counts from the cut, for the replies on the silo that was cut off");
        (string Name, bool FromDatabase)[] phases = [("cut from silos and APIs", false), ("cut from everything", true)];
        foreach (var (phase, index) in phases.Select((phase, index) => (phase, index)))
        {
            if (phase.Name.Contains(stage.Options.Only, StringComparison.Ordinal))
            {
                yield return await PlayAsync(stage, phase.Name, phase.FromDatabase, stage.Cluster.Processes.Silos[index]);
            }
        }
    }

    private async Task<PhaseResult> PlayAsync(Stage stage, string name, bool fromDatabase, SiloProcess silo)
    {
        await using var crowd = stage.Gather(stage.Plan);
        crowd.Add(stage.Options.Conversations);
        crowd.Start(TimeSpan.FromSeconds(5));
        await stage.LetRunAsync(Calm);

        // Whoever hears that the others count him as dead has to end; the supervisor starts him again.
        stage.Cluster.MayEnd(silo);
        var owned = await stage.Cluster.TryFindOnAsync(silo);
        var hit = crowd.Clients.Where(client => owned.Contains(client.Conversation)).ToArray();
        var moment = Stopwatch.GetTimestamp();
        await network!.CutAsync(silo, fromDatabase);
        stage.Tell($"{name}: {silo.Name} is cut off, with {hit.Length} conversations");
        await stage.LetRunAsync(Cut);
        await network.HealAsync(silo, fromDatabase);
        stage.Tell($"{name}: mended");
        var mended = Stopwatch.GetTimestamp();
        await stage.Cluster.SettleAsync(stage.Stopped);
        var healed = Stopwatch.GetElapsedTime(mended);
        await crowd.FinishAsync();
        return PhaseResult.Of(
            name,
            await stage.InspectAsync(crowd),
            crowd.Statistics,
            Recovery.UntilNextEvent(hit, moment),
            [$"{hit.Count(client => client.Record.WasOpenAt(moment))} replies ran on {silo.Name} when it was cut off",
            $"the cluster was whole again {healed.TotalSeconds:0.0} s after the network was",
            .. stage.Cluster.EndsOf(silo),
            Recovery.LongestGap(crowd)]);
    }
}
