using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Limiting;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Limiting;

/// <summary>What is counted for an owner, for as long as it is renewed.</summary>
public class LeaseTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly NodeId here = new("here");
    private readonly NodeId there = new("there");

    [Fact]
    public void Nodes_have_no_more_connections_together_than_the_quota()
    {
        var leases = new ConnectionLeases(clock);
        Assert.Equal(3, leases.Hold(here, 0, 3, 1, quota: 4));
        Assert.Equal(1, leases.Hold(there, 0, 3, 1, quota: 4));
        Assert.Equal(0, leases.Hold(new NodeId("elsewhere"), 0, 1, 1, quota: 4));

        // What one gives back another can have.
        Assert.Equal(1, leases.Hold(here, 1, 1, 2, quota: 4));
        Assert.Equal(3, leases.Hold(there, 1, 5, 2, quota: 4));
    }

    [Fact]
    public void What_is_open_counts_also_where_it_is_too_much()
    {
        var leases = new ConnectionLeases(clock);
        leases.Hold(here, 0, 2, 1, quota: 4);

        // This activation did not know of these.
        Assert.Equal(2, leases.Hold(there, 4, 5, 1, quota: 4));
        Assert.Equal(0, leases.Hold(here, 2, 3, 2, quota: 4));
    }

    [Fact]
    public void The_connections_of_a_dead_node_are_forgotten_with_its_lease()
    {
        var leases = new ConnectionLeases(clock);
        leases.Hold(here, 0, 4, 1, quota: 4);
        clock.Advance(LeaseTimes.Lease - TimeSpan.FromTicks(1));
        Assert.Equal(0, leases.Hold(there, 0, 1, 1, quota: 4));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, leases.Hold(there, 0, 1, 2, quota: 4));
    }

    [Fact]
    public void A_call_that_was_overtaken_by_a_later_one_changes_nothing()
    {
        var leases = new ConnectionLeases(clock);
        leases.Hold(here, 3, 4, 2, quota: 4);
        Assert.Equal(4, leases.Hold(here, 0, 0, 1, quota: 4));
        Assert.Equal(0, leases.Hold(there, 0, 1, 1, quota: 4));
    }

    [Fact]
    public void Replies_are_counted_until_they_end_or_their_silo_is_heard_of_no_more()
    {
        var leases = new ReplyLeases(clock);
        var (one, other) = (ConversationId.New(clock), ConversationId.New(clock));
        leases.Renew(one);
        leases.Grant(one, 100);
        leases.Renew(other, 50);
        Assert.Equal((2, 150), (leases.Count, leases.Tokens));

        clock.Advance(LeaseTimes.Lease / 2);
        leases.Renew(one, 100);
        clock.Advance(LeaseTimes.Lease / 2);
        Assert.Equal((1, 100, false), (leases.Count, leases.Tokens, leases.Has(other)));

        // The next one in its queue has what it needs granted anew.
        leases.End(one, hasNext: true);
        Assert.Equal((1, 0), (leases.Count, leases.Tokens));
        leases.End(one, hasNext: false);
        Assert.Equal(0, leases.Count);
    }
}
