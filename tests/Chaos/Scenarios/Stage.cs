using System.Diagnostics;
using OrleansChat.Chaos.Clients;
using OrleansChat.Chaos.Cluster;
using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Scenarios;

/// <summary>What a scenario plays on: a cluster, and what was asked for.</summary>
internal sealed class Stage(ChaosCluster cluster, ChaosOptions options, CancellationToken cancellationToken)
{
    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>The cluster.</summary>
    public ChaosCluster Cluster => cluster;

    /// <summary>What was asked for, with nothing left open.</summary>
    public ChaosOptions Options => options;

    /// <summary>Ends everything early.</summary>
    public CancellationToken Stopped => cancellationToken;

    /// <summary>What clients do here, unless a scenario wants something special.</summary>
    public ClientPlan Plan => new() { Tokens = options.Tokens, Rate = options.Rate };

    /// <summary>Gathers a crowd without anybody in it.</summary>
    public Crowd Gather(ClientPlan plan) => new(cluster.Nodes, plan, cancellationToken);

    /// <summary>Looks at all that a crowd has left behind.</summary>
    public Task<Verdict> InspectAsync(Crowd crowd) => new Inspection(cluster.Nodes).InspectAsync(crowd, cancellationToken);

    /// <summary>Waits, while the load goes on.</summary>
    public Task LetRunAsync(TimeSpan time) => Task.Delay(time, cancellationToken);

    /// <summary>Tells whoever watches.</summary>
    public void Tell(string what) => Console.Error.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds,7:0.0} {what}");
}
