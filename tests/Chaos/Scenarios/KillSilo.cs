using OrleansChat.Chaos.Clients;
using OrleansChat.Chaos.Measuring;
using OrleansChat.Chaos.Report;
using OrleansChat.Testing.Product;

namespace OrleansChat.Chaos.Scenarios;

/// <summary>
/// The silo that owns the replies is killed, at six points of their lives. All clients of a phase have their conversations on it;
/// as many others, on the surviving silos, look on.
/// </summary>
internal sealed class KillSilo() : Scenario("kill-silo", (50, 10, 1))
{
    private static readonly (KillPoint Point, string Name)[] Points =
    [
        (KillPoint.BeforeAccept, "before accept"),
        (KillPoint.AfterAccept, "after accept"),
        (KillPoint.FirstDelta, "first delta"),
        (KillPoint.Middle, "middle"),
        (KillPoint.BeforeEnd, "before the end is stored"),
        (KillPoint.AfterEnd, "after the end"),
    ];

    // Placement is at random; so many tries leave no doubt that something else is wrong.
    private const int MostCreated = 40;

    // On loopback a request is where it is going within a millisecond; the silo stands still meanwhile and takes none of them.
    private static readonly TimeSpan UnderWay = TimeSpan.FromMilliseconds(300);

    protected override async IAsyncEnumerable<PhaseResult> PlayAsync(Stage stage, ICollection<string> notes)
    {
        notes.Add("The conversations are chosen so that all of a phase live on the silo that is killed, as Orleans' management grain tells; as many more on other silos were talking meanwhile.");
        var silos = stage.Cluster.Processes.Silos;
        foreach (var (point, name) in Points.Where(point => point.Name.Contains(stage.Options.Only, StringComparison.Ordinal)))
        {
            await stage.Cluster.SettleAsync(stage.Stopped);
            yield return await PlayAsync(stage, point, name, silos[(int)point % silos.Count]);
        }
    }

    private static async Task<PhaseResult> PlayAsync(Stage stage, KillPoint point, string name, SiloProcess silo)
    {
        await using var crowd = stage.Gather(stage.Plan);
        var (victims, others) = await ChooseAsync(stage, crowd, silo);
        stage.Tell($"{name}: {victims.Count} conversations on {silo.Name}, {others.Count} elsewhere");

        // The others are in the middle of a reply whenever it happens.
        var talking = others.Select(client => client.TurnAsync(stage.Stopped)).ToArray();
        var (moment, sending) = await KillAtAsync(point, stage, victims, silo);
        var hit = victims.Count(client => IsAt(point, stage, client.Record));
        await sending;
        if (point == KillPoint.AfterEnd)
        {
            await Task.WhenAll(victims.Select(client => client.SendAsync(stage.Stopped)));
        }

        await Task.WhenAll(victims.Select(client => client.EndAsync(stage.Stopped)));
        await Task.WhenAll(talking);

        // And every conversation goes on.
        var starting = stage.Cluster.StartAsync(silo);
        await Task.WhenAll(victims.Concat(others).Select(client => client.TurnAsync(stage.Stopped)));
        await starting;
        await Task.WhenAll(crowd.Clients.Select(client => client.LeaveAsync()));
        var sendsNext = point is KillPoint.BeforeAccept or KillPoint.AfterEnd;
        return PhaseResult.Of(
            name,
            await stage.InspectAsync(crowd),
            crowd.Statistics,
            sendsNext ? Recovery.UntilNextMessage(victims, moment) : Recovery.UntilTakenOver(victims, moment),
            $"{hit} of {victims.Count} clients were at this point when {silo.Name} was killed",
            sendsNext
                ? $"the next event is the message that was under way, or sent next, as its reader gets it; it was accepted after {Times.Of(Recovery.UntilAccepted(victims, moment))}"
                : "the next event is the one that tells that the reply goes on",
            $"the longest silence within a reply of another silo was {others.Max(client => client.Record.LongestGap()).TotalMilliseconds:0} ms");
    }

    private static async Task<(IReadOnlyList<ChatClient> Victims, IReadOnlyList<ChatClient> Others)> ChooseAsync(Stage stage, Crowd crowd, SiloProcess silo)
    {
        var wanted = stage.Options.Conversations;
        for (var round = 0; round < MostCreated; round++)
        {
            await Task.WhenAll(crowd.Add(wanted).Select(client => client.CreateAsync(stage.Stopped)));
            var owned = await stage.Cluster.Owners.OnAsync(silo);
            var on = crowd.Clients.Where(client => owned.Contains(client.Conversation)).ToArray();
            var off = crowd.Clients.Except(on).ToArray();
            if (on.Length >= wanted && (off.Length >= wanted || stage.Cluster.Processes.Silos.Count == 1))
            {
                return (on[..wanted], off[..Math.Min(off.Length, wanted)]);
            }
        }

        throw new InvalidOperationException($"Of {crowd.Clients.Count} conversations too few are on {silo.Name}.");
    }

    // When it was, and when every message has been sent.
    private static async Task<(long Moment, Task Sending)> KillAtAsync(KillPoint point, Stage stage, IReadOnlyList<ChatClient> victims, SiloProcess silo)
    {
        if (point == KillPoint.BeforeAccept)
        {
            await silo.SuspendAsync();
            var sending = SendAsync();
            await stage.LetRunAsync(UnderWay);
            return (await stage.Cluster.KillAsync(silo), sending);
        }

        await SendAsync();
        if (point != KillPoint.AfterAccept)
        {
            await Task.WhenAll(victims.Select(client => client.Record.WhenAsync(record => IsAt(point, stage, record) || record.IsEnded)));
        }

        return (await stage.Cluster.KillAsync(silo), Task.CompletedTask);

        Task SendAsync() => Task.WhenAll(victims.Select(client => client.SendAsync(stage.Stopped)));
    }

    private static bool IsAt(KillPoint point, Stage stage, ClientRecord record) => point switch
    {
        KillPoint.BeforeAccept => record.Accepted.Count == 0,
        KillPoint.AfterAccept => record is { Accepted.Count: 1, Tokens: 0, IsEnded: false },
        KillPoint.FirstDelta => record is { Tokens: >= 1, IsEnded: false },
        KillPoint.Middle => record.Tokens >= stage.Options.Tokens / 2,
        KillPoint.BeforeEnd => record.Tokens >= stage.Options.Tokens - 1 && !record.IsEnded,
        _ => record.IsEnded,
    };

    protected override string Describe(ChaosOptions options) =>
        $"{options.Silos} silos, {options.Apis} API nodes; {options.Conversations} clients whose conversations are on the silo that is killed; "
        + $"replies of {options.Tokens} tokens at {options.Rate} tokens/s.";
}
