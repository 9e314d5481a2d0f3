using OrleansChat.Delivery;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Delivery;

public class WatchersTests
{
    private static readonly NodeId Here = new("here");
    private static readonly NodeId There = new("there");

    private readonly ManualTimeProvider clock = new();
    private readonly Watchers watchers;

    public WatchersTests() => watchers = new Watchers(clock, new SiloWatches(clock));

    [Fact]
    public void A_node_that_does_not_renew_is_forgotten_with_its_lease()
    {
        watchers.Renew(new Watcher(Here, 1));
        clock.Advance(DeliveryStream.WatchLease / 2);
        watchers.Renew(new Watcher(There, 1));
        Assert.Equal([Here, There], watchers.Current());

        clock.Advance((DeliveryStream.WatchLease / 2) + TimeSpan.FromSeconds(1));
        Assert.Equal([There], watchers.Current());
    }

    [Fact]
    public void A_farewell_that_comes_late_does_not_end_the_next_feed_s_lease()
    {
        watchers.Renew(new Watcher(Here, 1));
        watchers.Renew(new Watcher(Here, 2));

        watchers.Remove(new Watcher(Here, 1));
        Assert.Equal([Here], watchers.Current());

        watchers.Remove(new Watcher(Here, 2));
        Assert.Empty(watchers.Current());
    }
}
