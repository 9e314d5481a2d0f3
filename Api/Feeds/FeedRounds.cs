namespace OrleansChat.Feeds;

/// <summary>
/// Which of a node's feeds are to be looked at, and when: each once a second, some at each tick, so that there is never more to do than at any other
/// time; and those at the next tick of which somebody says so. To go through all of them at each tick was a twentieth of what 5,000 running replies cost.
/// </summary>
/// <typeparam name="TFeed">What feeds they are.</typeparam>
internal sealed class FeedRounds<TFeed>(TimeProvider clock)
    where TFeed : class
{
    private readonly Lock gate = new();
    private readonly long start = clock.GetTimestamp();

    // Whoever comes is looked at a whole round later, so rounds are as even as the times at which feeds come.
    private readonly HashSet<TFeed>[] rounds = [.. Enumerable.Range(0, FeedTimes.TicksPerRound).Select(_ => new HashSet<TFeed>())];
    private readonly HashSet<TFeed> soon = [];
    private readonly HashSet<TFeed> due = [];
    private long tick;

    /// <summary>Has a feed be looked at from now on.</summary>
    public void Add(TFeed feed)
    {
        lock (gate)
        {
            rounds[tick % rounds.Length].Add(feed);
        }
    }

    /// <summary>Has a feed not be looked at any more.</summary>
    public void Remove(TFeed feed)
    {
        lock (gate)
        {
            Array.Exists(rounds, round => round.Remove(feed));
            soon.Remove(feed);
        }
    }

    /// <summary>Has a feed be looked at with the next tick too, if it is looked at at all.</summary>
    public void AddSoon(TFeed feed)
    {
        lock (gate)
        {
            if (Array.Exists(rounds, round => round.Contains(feed)))
            {
                soon.Add(feed);
            }
        }
    }

    /// <summary>Those that are to be looked at now, each once. For one caller, who is done with them before the next call.</summary>
    public IReadOnlyCollection<TFeed> TakeDue()
    {
        var now = (long)(clock.GetElapsedTime(start) / FeedTimes.Tick);
        lock (gate)
        {
            due.Clear();
            due.UnionWith(soon);
            soon.Clear();

            // A busy node misses ticks.
            for (tick = Math.Max(tick, now - rounds.Length); tick < now;)
            {
                due.UnionWith(rounds[++tick % rounds.Length]);
            }

            return due;
        }
    }
}
