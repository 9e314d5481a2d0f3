using System.Net;

namespace OrleansChat.Cluster.Tests.Delivery;

/// <summary>An API node that has lost its silos.</summary>
public class NoSiloTests
{
    [Fact]
    public async Task Readers_are_asked_to_come_back_and_callers_told_that_it_passes()
    {
        await using var cluster = await ChatCluster.StartAsync();
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[1]);
        var conversation = await cluster.CreateOnAsync(cluster.Silos.Silos[0]);
        using var before = await node.Api.FollowAsync(conversation);
        await before.UntilAsync("conversation.created");

        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[1]);
        using var again = await node.Api.FollowAsync(conversation, "after=1&until=idle");
        await again.ToEndAsync();

        // An EventSource would give up for good on any other status.
        Assert.Equal((HttpStatusCode.OK, false), (again.Status, again.WasCut));
        Assert.Empty(again.Events);
        var refused = await node.Api.GetAsync($"/conversations/{conversation}", HttpStatusCode.ServiceUnavailable);
        Assert.Equal("unavailable", refused.GetProperty("code").GetString());
    }
}
