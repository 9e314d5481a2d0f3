using System.Diagnostics;
using OrleansChat.Chaos.Clients;
using OrleansChat.Chaos.Measuring;
using OrleansChat.Chaos.Report;
using OrleansChat.Testing.Product;

namespace OrleansChat.Chaos.Scenarios;

/// <summary>Something is killed every few seconds, whatever it is doing, and started again at once.</summary>
internal sealed class RandomKills() : Scenario("random", (500, 40, 5))
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);

    protected override async IAsyncEnumerable<PhaseResult> PlayAsync(Stage stage, ICollection<string> notes)
    {
        await using var crowd = stage.Gather(stage.Plan);
        crowd.Add(stage.Options.Conversations);
        crowd.Start(WarmUp / 2);
        await stage.LetRunAsync(WarmUp);

        var siloWaits = new List<TimeSpan>();
        var apiWaits = new List<TimeSpan>();
        var kills = new Dictionary<string, int>(StringComparer.Ordinal);
        var watch = new ResourceWatch(stage.Cluster);
        await using (watch)
        {
            var random = new Random(stage.Options.Seed);
            var restarts = new List<Task>();
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < stage.Options.Duration)
            {
                await stage.LetRunAsync(stage.Options.Every);
                if (Choose(stage, random) is not { } process)
                {
                    stage.Tell("nothing to spare; everything else is still starting");
                    continue;
                }

                var (hit, moment) = await KillAsync(stage, crowd, process);
                kills[process.Name] = kills.GetValueOrDefault(process.Name) + 1;
                restarts.Add(stage.Cluster.StartAsync(process));
                restarts.Add(MeasureAsync(hit, moment, process is SiloProcess ? siloWaits : apiWaits, process is SiloProcess));
            }

            await Task.WhenAll(restarts);
        }

        stage.Tell("no more kills; waiting for the replies that run");
        await crowd.FinishAsync();
        await stage.Cluster.SettleAsync(stage.Stopped);
        stage.Tell("looking at everything");
        var (growth, violations) = Growth.Between(watch.Processes, watch.Connections);
        foreach (var note in growth)
        {
            notes.Add(note);
        }

        var verdict = await stage.InspectAsync(crowd);
        yield return PhaseResult.Of(
            $"{kills.Values.Sum()} kills in {stage.Options.Duration.TotalMinutes:0.#} min",
            verdict with { Violations = [.. verdict.Violations, .. violations] },
            crowd.Statistics,
            siloWaits,
            $"killed: {string.Join(", ", kills.OrderBy(kill => kill.Key, StringComparer.Ordinal).Select(kill => $"{kill.Key} × {kill.Value}"))}; seed {stage.Options.Seed}",
            "the next event counts from the kill of a silo to who goes on with the reply",
            $"after the kill of an API node, its readers had their next event after {Times.Of(apiWaits)?.ToString() ?? "–"}",
            Recovery.LongestGap(crowd));

        async Task MeasureAsync(IReadOnlyList<ChatClient> hit, long moment, List<TimeSpan> waits, bool isSilo)
        {
            // By then every one of them has come back, or is stuck and told of elsewhere.
            await stage.LetRunAsync(TimeSpan.FromSeconds(30));
            lock (waits)
            {
                waits.AddRange(isSilo ? Recovery.UntilTakenOver(hit, moment) : Recovery.UntilNextEvent(hit, moment));
            }
        }
    }

    // Of each kind one has to stay.
    private static ClusterProcess? Choose(Stage stage, Random random)
    {
        var processes = stage.Cluster.Processes;
        ClusterProcess[] choice = [.. Spare(processes.Silos), .. Spare(processes.Apis)];
        return choice.Length == 0 ? null : choice[random.Next(choice.Length)];

        IEnumerable<ClusterProcess> Spare(IEnumerable<ClusterProcess> kind) =>
            kind.Where(stage.Cluster.IsUp).ToArray() is { Length: > 1 } up ? up : [];
    }

    private static async Task<(IReadOnlyList<ChatClient> Hit, long Moment)> KillAsync(Stage stage, Crowd crowd, ClusterProcess process)
    {
        ChatClient[] hit;
        if (process is SiloProcess silo)
        {
            var owned = await stage.Cluster.TryFindOnAsync(silo);
            hit = [.. crowd.Clients.Where(client => owned.Contains(client.Conversation))];
        }
        else
        {
            hit = [.. crowd.Clients.Where(client => client.Node == stage.Cluster.Processes.Apis.Index().First(api => api.Item == process).Index)];
        }

        var moment = await stage.Cluster.KillAsync(process);
        stage.Tell($"killed {process.Name}, which had {hit.Length} conversations or readers");
        return ([.. hit.Where(client => client.Record.WasOpenAt(moment))], moment);
    }
}
