namespace OrleansChat.Pacing;

/// <summary>
/// Spaces what recurs. What comes seldom never waits, and neither do a few at once; in a rush each turn comes a period after the one
/// before it (the generic cell rate algorithm). Safe for concurrent use: whoever takes turns by the same pace shares it.
/// </summary>
/// <param name="period">What lies between two turns in a rush. Zero: nobody ever waits.</param>
/// <param name="burst">How many turns in quick succession are free after a quiet time, 1 or more.</param>
/// <param name="longest">The longest that anybody waits, however many take turns; a period or more.</param>
/// <param name="clock">The time.</param>
internal sealed class Pace(TimeSpan period, int burst, TimeSpan longest, TimeProvider clock)
{
    // Timers count milliseconds. What is less is left to the next turn, whose time does not depend on when this one was really taken.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(0.5);

    private readonly Lock gate = new();
    private readonly long start = clock.GetTimestamp();

    // When the turn that was taken last is due, from the start.
    private TimeSpan due = -burst * period;

    /// <summary>Takes the next turn.</summary>
    /// <returns>How long it is until then; zero for now.</returns>
    public TimeSpan Next()
    {
        lock (gate)
        {
            var now = clock.GetElapsedTime(start);
            var next = due + period;
            var (earliest, latest) = (now - ((burst - 1) * period), now + longest);
            due = next < earliest ? earliest : next > latest ? latest : next;
            return due - now >= ShortestWait ? due - now : TimeSpan.Zero;
        }
    }
}
