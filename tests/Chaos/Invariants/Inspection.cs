using OrleansChat.Chaos.Clients;

namespace OrleansChat.Chaos.Invariants;

/// <summary>
/// When all is quiet again: reads every conversation whole, from every API node, and compares what the clients were told and
/// answered with that.
/// </summary>
internal sealed class Inspection(ApiNodes nodes)
{
    // Enough to keep every node busy, and not what the clients' load was made of.
    private const int AtOnce = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientStatistics stats = new();
    private readonly Tally tally = new();

    /// <summary>Looks at all conversations of a crowd.</summary>
    public async Task<Verdict> InspectAsync(Crowd crowd, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            crowd.Clients.Where(client => client.Conversation.Length > 0),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (client, stop) => await InspectAsync(client, stop));

        // Who waited for a reply in vain and who finds it open afterwards speak of the same one.
        return tally.With(crowd.Statistics.Violations.Concat(stats.Violations)
            .DistinctBy(violation => violation.Kind == ViolationKind.Stuck ? $"stuck {violation.Where}" : violation.ToString()));
    }

    private async Task InspectAsync(ChatClient client, CancellationToken cancellationToken)
    {
        var name = client.Conversation;
        var (frames, isOver) = await ReplayAsync(name, "catchup=deltas", 0, cancellationToken);
        var history = History.Read(name, frames, isOver);
        var accepted = client.Record.Accepted;
        tally.Add(history, accepted.Count);
        Complain(history.Violations);
        if (!isOver)
        {
            stats.Complain(ViolationKind.Stuck, name, $"Not idle after {Patience.TotalSeconds:0} s of reading: {frames.LastOrDefault()}");
        }

        Complain(LiveCheck.Compare(name, client.Record.Seen, history, client.MayMerge, toEnd: isOver && client.HasReadAll));
        Complain(accepted.SelectMany(message => message.CheckAgainst(history, name)));
        Complain(DemoTextCheck.Check(name, history));
        for (var node = 0; node < nodes.Addresses.Count && isOver; node++)
        {
            if (node > 0)
            {
                var (other, _) = await ReplayAsync(name, "catchup=deltas", node, cancellationToken);
                Complain(ReplayCheck.Compare(name, history, other));
            }

            var (merged, _) = await ReplayAsync(name, "catchup=coalesced", node, cancellationToken);
            Complain(LiveCheck.Compare($"{name}, replayed whole by node {node}", merged, history, mayMerge: true, toEnd: true));
        }
    }

    private async Task<(List<Frame> Frames, bool IsOver)> ReplayAsync(string name, string query, int node, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var frames = new List<Frame>();
        try
        {
            var source = new EventSource(nodes, name, $"until=idle&{query}", node, stats) { IsImpatient = true };
            await source.RunAsync(0, frames.Add, patience.Token);
            return (frames, true);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (frames, false);
        }
    }

    private void Complain(IEnumerable<Violation> violations)
    {
        foreach (var violation in violations)
        {
            stats.Complain(violation.Kind, violation.Where, violation.Detail);
        }
    }
}
