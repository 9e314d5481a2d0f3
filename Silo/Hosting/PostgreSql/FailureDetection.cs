using Orleans.Configuration;

namespace OrleansChat.Hosting;

/// <summary>How soon a dead silo is noticed; measured in <c>benchmarks/results/*-failure-detection.md</c>.</summary>
/// <remarks>
/// Every silo probes the others. Orleans adapts a probe's patience, which is also the pause between probes, to how long answers
/// take: never less than <see cref="ClusterMembershipOptions.MinProbeTimeout"/>, never more than
/// <see cref="ClusterMembershipOptions.MaxProbeTimeout"/>. Three in a row that fail make a silo suspect, unless anything at all has
/// come from it within three times the longest patience. When a process dies its machine cuts its connections, so probes fail at
/// once, and three pauses of the shortest kind tell. When a machine or the network goes, nothing is cut, and the last word counts.
/// </remarks>
internal static class FailureDetection
{
    // What the adaptation starts from. Answers take a millisecond, so it soon comes down to about half of this.
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);

    // Three of these are what a killed silo is noticed by. Less would be a pause of garbage collection, or of a busy machine's
    // scheduler, three times over.
    private static readonly TimeSpan MinProbeTimeout = TimeSpan.FromMilliseconds(500);

    // Three of these are how long a silo may be silent altogether, with its connections up, before it counts as dead: 6 s, which
    // would be 12 if left alone. So long readers wait after a power cut, and so long a silo may be kept from its work without being
    // replaced: one that started on a machine with fifty processes waiting for two cores was silent for more than three.
    private static readonly TimeSpan MaxProbeTimeout = TimeSpan.FromSeconds(2);

    // News of a death travels by gossip; this is for the silo that gossip does not reach because it is cut off from the others but
    // not from the database: so long it may go on with conversations that others have taken over, fenced off by the store.
    private static readonly TimeSpan TableRefresh = TimeSpan.FromSeconds(5);

    // After a cluster was killed as a whole, the first silo to start meets nobody but silos that do not answer. Those without a sign
    // of life for three of these it gives up by itself: after 15 s, by default after 90. It is also by how much clocks may differ.
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(5);

    // A silo that starts before that does not look again, so its process ends after this time, and has to be started again. On that
    // same machine joining took half of it; the default is five minutes.
    private static readonly TimeSpan MaxJoinAttemptTime = TimeSpan.FromMinutes(1);

    // The row of a dead silo is of use to whoever asks the next day what happened, and of none to the cluster. (Of many that die at
    // once, Orleans keeps the last 25.)
    private static readonly TimeSpan DefunctSiloExpiration = TimeSpan.FromDays(1);

    /// <summary>Sets all of it.</summary>
    public static void Tune(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = ProbeTimeout;
        options.MinProbeTimeout = MinProbeTimeout;
        options.MaxProbeTimeout = MaxProbeTimeout;
        options.NumMissedProbesLimit = 3;

        // One silo alone cannot tell its own bad connection from another's death. Where there are only two it has to.
        options.NumVotesForDeathDeclaration = 2;
        options.TableRefreshTimeout = TableRefresh;
        options.IAmAliveTablePublishTimeout = SignOfLife;
        options.NumMissedTableIAmAliveLimit = 3;
        options.MaxJoinAttemptTime = MaxJoinAttemptTime;
        options.DefunctSiloExpiration = DefunctSiloExpiration;
    }
}
