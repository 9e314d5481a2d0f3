namespace OrleansChat.Feeds;

/// <summary>
/// When readers are to show that they are alive: every <see cref="FeedTimes.Heartbeat"/>, but not all of a node's in the same moment. That would be a burst
/// of work every time, and each response in it has a buffer of its own, of which a node then has as many as it has readers.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="number">Some number; neighbours beat at different times.</param>
internal struct Beat(TimeProvider clock, long number)
{
    private const int Phases = 15;

    private TimeSpan next = Now(clock) + (FeedTimes.Heartbeat * (1 + (number % Phases)) / Phases);

    /// <summary>The present time, as beats count it.</summary>
    public static TimeSpan Now(TimeProvider clock) => clock.GetElapsedTime(0);

    /// <summary>Whether it is time; the next one is due a period later.</summary>
    /// <param name="now">The present time.</param>
    public bool IsDue(TimeSpan now)
    {
        // Looks are a second apart, not quite exactly.
        if (now + (FeedTimes.Tick / 2) < next)
        {
            return false;
        }

        next = now + FeedTimes.Heartbeat;
        return true;
    }
}
