using OrleansChat.Delivery;

namespace OrleansChat.Feeds;

/// <summary>The times by which feeds live.</summary>
internal static class FeedTimes
{
    /// <summary>How often feeds are looked at of which somebody says that they should be. One timer does it for the whole node.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    /// <summary>Within how many ticks each feed is looked at.</summary>
    public const int TicksPerRound = 4;

    /// <summary>
    /// How often each feed is compared with its conversation: how long an event stays missing that the stream lost, and a grain that forgot its
    /// watchers unnoticed. Costs one call to each silo, whichever number of feeds.
    /// </summary>
    public static readonly TimeSpan Comparison = TimeSpan.FromSeconds(1);

    /// <summary>How long what a silo has committed may be on its way, before the grain is asked for it.</summary>
    public static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How many grains are asked again at one look at most, where the last answer did not come: after a silo's death all feeds want to
    /// ask at once, and the silos that are left have that silo's conversations to take over first.
    /// </summary>
    public const int RetriesPerTick = 500;

    /// <summary>
    /// How many grains are asked at one look at most for any other reason. Under overload everything is late: asking about it would make it
    /// worse.
    /// </summary>
    public const int RefreshesPerTick = 100;

    /// <summary>
    /// After how long a silence within a reply the grain is asked, whatever comparing says: a silo that was cut off from the others compares with
    /// what it had, while they have the conversation by now.
    /// </summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often a grain is asked without a reason: before Orleans takes it for unused and deactivates it, which is after 15 minutes, because
    /// comparisons pass it by.
    /// </summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromMinutes(5);

    /// <summary>The same for a grain on a silo that does not compare, as earlier versions do not: several times within <see cref="DeliveryStream.WatchLease"/>.</summary>
    public static readonly TimeSpan LoneRenewal = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the grain may take to answer. A call to a silo that was killed gets none at all, and Orleans waits 30 s for it; by
    /// the next call the cluster may know better.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How soon a grain that did not answer is asked again.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long a feed in the middle of a reply waits for somebody to come back to it. Clients whose connection was cut do so after two seconds at
    /// most, if they keep to the <c>retry</c> that they were told.
    /// </summary>
    public static readonly TimeSpan Linger = TimeSpan.FromSeconds(5);

    /// <summary>How often readers show that they are alive. Proxies commonly give up on a connection after 30 s or 60 s.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
}
