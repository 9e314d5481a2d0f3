using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>Any API node will do, also after another.</summary>
public class ApiNodeTests(ProcessesFixture fixture) : IClassFixture<ProcessesFixture>
{
    [PostgresFact]
    public async Task What_is_sent_at_one_is_read_at_another()
    {
        var (here, there) = (fixture.Cluster.Apis[0].Api, fixture.Cluster.Apis[1].Api);
        var conversation = await here.CreateAsync();
        using var other = await there.FollowAsync(conversation, "catchup=deltas");
        using var sender = await here.SendAndFollowAsync(conversation, "why? [demo: tokens=100]");
        await sender.ToEndAsync();
        await other.UntilAsync("reply.completed");

        // The one who sent did not see the conversation's creation.
        Assert.Equal("conversation.created", other.Events[0].Type);
        Assert.Equal(SseConnection.TextOf(sender.Events), SseConnection.TextOf(other.Events));
        Assert.Equal(sender.Events.Where(e => e.Type != "reply.delta"), other.Events.Skip(1).Where(e => e.Type != "reply.delta"));

        using var replay = await there.FollowAsync(conversation, "until=idle&catchup=deltas");
        await replay.ToEndAsync();
        Assert.Equal(Enumerable.Range(1, replay.Events.Count).Select(id => (long)id), replay.Events.Select(e => e.Id));
        Assert.Equal(SseConnection.TextOf(sender.Events), SseConnection.TextOf(replay.Events));
    }

    [PostgresFact]
    public async Task Whose_node_is_killed_goes_on_at_another_where_he_was()
    {
        var (killed, other) = (fixture.Cluster.Apis[0], fixture.Cluster.Apis[1]);
        var conversation = await killed.Api.CreateAsync();
        using var cut = await killed.Api.SendAndFollowAsync(conversation, "why? [demo: tokens=400 rate=80]");
        await cut.UntilIdAsync(100);
        await killed.KillAsync();
        await cut.ToEndAsync();
        Assert.True(cut.WasCut);
        using var rest = await other.Api.FollowAsync(conversation, "until=idle", lastEventId: cut.Cursor);
        await rest.ToEndAsync();
        Assert.Equal("reply.completed", rest.Events[^1].Type);

        using var all = await other.Api.FollowAsync(conversation, "until=idle");
        await all.ToEndAsync();
        Assert.Equal(all.Text, cut.Text + rest.Text);
        Assert.True(rest.Events[0].Id > cut.Cursor);

        // The node comes back as a new one, at the same address.
        await killed.StartAsync();
        Assert.Equal(all.Events.Count, (await (await killed.Api.FollowAsync(conversation, "until=idle")).ToEndAsync()).Events.Count);
    }
}
