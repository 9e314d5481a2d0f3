namespace OrleansChat.Limiting;

/// <summary>What an owner's ended replies of one day have cost: what the ledger says, and what has ended since it was asked.</summary>
internal sealed class TokenDay(TimeProvider clock)
{
    // The ledger is the truth. What was missed, or counted twice while a silo died, does not stand for longer.
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(5);

    // An end is told while it is being committed. What was asked just then may not have it.
    private static readonly TimeSpan CommitTime = TimeSpan.FromSeconds(5);

    private const int Slices = 8;
    private const int SmallestSlice = 64;
    private const int LargestSlice = 4_096;

    private DateOnly day;
    private DateTimeOffset? readAt;
    private DateTimeOffset lastEnd;
    private long spent;

    /// <summary>Whether the ledger has to be asked.</summary>
    public bool IsStale => readAt is not { } at || day != Today || clock.GetUtcNow() - at >= (lastEnd <= at && lastEnd > at - CommitTime ? CommitTime : Freshness);

    /// <summary>The day (UTC).</summary>
    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>How long it lasts.</summary>
    public TimeSpan Rest
    {
        get
        {
            var now = clock.GetUtcNow();
            return now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime;
        }
    }

    /// <summary>Takes in what the ledger says.</summary>
    /// <param name="asked">Of which day it was asked.</param>
    /// <param name="at">When it was asked (UTC).</param>
    /// <param name="tokens">What it says.</param>
    public void Read(DateOnly asked, DateTimeOffset at, long tokens) => (day, readAt, spent) = (asked, at, tokens);

    /// <summary>Takes in what a reply has cost, unless the ledger had it when it was asked, or it belongs to another day.</summary>
    public void Add(long tokens, DateTimeOffset at)
    {
        lastEnd = at > lastEnd ? at : lastEnd;
        if (readAt < at && DateOnly.FromDateTime(at.UtcDateTime) == day)
        {
            spent += tokens;
        }
    }

    /// <summary>How many tokens are left.</summary>
    /// <param name="quota">How many the day has.</param>
    /// <param name="granted">How many running replies were granted.</param>
    public long Left(long quota, long granted) => Math.Max(0, quota - spent - granted);

    /// <summary>
    /// How many of those that are left a reply gets: many at the beginning, so that it need not ask often, few at the end, so that it does not sit
    /// on what another needs.
    /// </summary>
    /// <param name="wanted">How many it takes to go on.</param>
    /// <param name="left">How many are left.</param>
    public static long Slice(long wanted, long left) => Math.Min(left, Math.Max(wanted, Math.Clamp(left / Slices, SmallestSlice, LargestSlice)));
}
