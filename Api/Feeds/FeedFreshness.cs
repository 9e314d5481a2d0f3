using OrleansChat.Conversations;
using OrleansChat.Delivery;

namespace OrleansChat.Feeds;

/// <summary>What is known of how current a feed is, and so when its grain is to be asked.</summary>
internal sealed class FeedFreshness(TimeProvider clock)
{
    private long compared = clock.GetTimestamp();
    private long news = clock.GetTimestamp();
    private long known;
    private long expected;
    private long expectedSince;

    /// <summary>When the grain was last asked, as a timestamp of the clock.</summary>
    public long Asked { get; private set; }

    /// <summary>Whether the grain did not answer when it was last asked, or may not know of this feed.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Where the grain is, and can be compared with; null where nothing is known of it, or its silo does not compare.</summary>
    public SiloId? WatchedOn { get; private set; }

    /// <summary>How far the grain was when it was last compared or asked.</summary>
    public long Expected => Volatile.Read(ref expected);

    /// <summary>How often in a row the grain had news that the stream should have brought. Set to nothing by whoever sees to it.</summary>
    public int Missed { get; set; }

    /// <summary>Whether it is time to compare the feed with its conversation. Looks are not exactly as far apart as they should be.</summary>
    public bool IsToBeCompared => !IsStale && WatchedOn is not null && clock.GetElapsedTime(compared) + (FeedTimes.Tick / 2) >= FeedTimes.Comparison;

    /// <summary>Whether the grain is to be asked sooner than everything is looked at again.</summary>
    /// <param name="head">What the feed knows.</param>
    public bool IsPressing(long head) => IsStale || IsBehind(head);

    /// <summary>Whether it is time to ask the grain.</summary>
    /// <param name="head">What the feed knows.</param>
    /// <param name="status">Whether a reply runs.</param>
    public bool IsToBeAsked(long head, ConversationStatus status)
    {
        var sinceAsked = clock.GetElapsedTime(Asked);
        return IsStale
            ? sinceAsked >= FeedTimes.Retry
            : IsMissing(head)
                || sinceAsked >= (WatchedOn is null ? FeedTimes.LoneRenewal : FeedTimes.Renewal)
                || (status == ConversationStatus.Replying && IsSilent(sinceAsked));
    }

    /// <summary>An event has come.</summary>
    public void Hear() => news = clock.GetTimestamp();

    /// <summary>The grain is being asked.</summary>
    public void Ask() => Asked = clock.GetTimestamp();

    /// <summary>The grain has answered.</summary>
    /// <returns>Whether it had not, the last time.</returns>
    public bool Answer()
    {
        var recovers = IsStale;
        IsStale = false;
        return recovers;
    }

    /// <summary>The grain knows of the feed.</summary>
    /// <param name="silo">Where it is.</param>
    public void Watched(SiloId? silo)
    {
        WatchedOn = silo;
        compared = clock.GetTimestamp();
    }

    /// <summary>Has the grain be asked again soon.</summary>
    public void Suspect() => IsStale = true;

    /// <summary>The feed is being compared with its conversation.</summary>
    public void Compare() => compared = clock.GetTimestamp();

    /// <summary>The grain is further than the feed: what is missing is on its way, or lost.</summary>
    /// <param name="head">The grain's newest.</param>
    /// <param name="feed">The feed's.</param>
    public void Expect(long head, long feed) => (known, expected, expectedSince) = (feed, head, clock.GetTimestamp());

    // The longer it has been silent, the less often it is asked about: a slow model is likelier than anything else by then.
    private bool IsSilent(TimeSpan sinceAsked)
    {
        var silence = clock.GetElapsedTime(news);
        return silence >= FeedTimes.Silence && sinceAsked >= silence / 2;
    }

    // Where anything came since then, all is on its way, however late: who asked for it would make an overload worse. What is lost in between, the
    // next event shows.
    private bool IsMissing(long head) => IsBehind(head) && clock.GetElapsedTime(expectedSince) >= FeedTimes.OnItsWay;

    private bool IsBehind(long head) => expected > head && head == known;
}
