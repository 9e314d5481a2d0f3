namespace OrleansChat.Attempts;

/// <summary>
/// For how long a hasty request, whose like another waits for the answer of, is thought to repeat that: the news that the other's
/// connection has broken may be late. Where the same is asked several times at once on purpose, that is learned.
/// </summary>
internal sealed class Doubt
{
    // Requests that really are two lose this time.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    // A connection's end is here before the request that follows it, but for what becomes of threads on a busy machine.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    private TimeSpan patience = Longest;

    /// <summary>Whether the news may still come. Where not, the doubt was in vain, and the next lasts half as long.</summary>
    /// <param name="waited">For how long the request has waited.</param>
    public bool Lasts(TimeSpan waited)
    {
        if (waited < patience)
        {
            return true;
        }

        patience = patience / 2 > Shortest ? patience / 2 : Shortest;
        return false;
    }

    /// <summary>A request has repeated another: the next doubt lasts as long as at first.</summary>
    public void WasRight() => patience = Longest;
}
