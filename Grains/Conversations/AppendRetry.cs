namespace OrleansChat.Conversations;

/// <summary>When to try an append that failed again, and when no longer.</summary>
/// <param name="clock">The time.</param>
internal sealed class AppendRetry(TimeProvider clock)
{
    /// <summary>
    /// How long an append is tried again while the store fails: twice as long as a database takes to restart or to fail over, and
    /// so far below the 30 s after which Orleans gives up on the call that waits for it that a last attempt, which may itself take
    /// some seconds to fail, still ends before.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private bool isFailing;
    private long failingSince;
    private TimeSpan pause;

    /// <summary>Forgets the failures: another append is next.</summary>
    public void Reset() => isFailing = false;

    /// <summary>Waits before the next attempt.</summary>
    /// <returns>False, at once, if the append has been tried for long enough.</returns>
    public async ValueTask<bool> PauseAsync()
    {
        if (!isFailing)
        {
            (isFailing, failingSince, pause) = (true, clock.GetTimestamp(), ShortestPause);
        }

        if (clock.GetElapsedTime(failingSince) + pause > Patience)
        {
            return false;
        }

        await Task.Delay(pause, clock);
        pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        return true;
    }
}
