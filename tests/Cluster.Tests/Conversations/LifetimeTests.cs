using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.TestingHost;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Models;
using OrleansChat.Replies;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>How conversations come and go on silos.</summary>
public class LifetimeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_silent_reply_keeps_its_grain_while_idle_ones_leave()
    {
        await using var cluster = await ChatCluster.StartAsync(silenceTimeout: TimeSpan.FromSeconds(20), collectionAge: TimeSpan.FromSeconds(1));
        var replying = await CreateAsync(cluster);
        await replying.Send(OwnerId.Local, new SendMessage("go", null));
        var reply = await cluster.Model.NextReplyAsync();
        var idle = await CreateAsync(cluster);

        // Until the collector has come by twice for grains that are used no more, and so would have for this one.
        for (var round = 0; round < 2; round++)
        {
            await idle.Get(OwnerId.Local);
            await UntilAsync(async () => !await cluster.IsActiveAsync(idle));
        }

        reply.Emit("still here");
        reply.Complete();
        await UntilAsync(async () => (await replying.Get(OwnerId.Local))!.Status == ConversationStatus.Idle);
        Assert.Equal(MessageStatus.Completed, (await MessagesAsync(replying))[^1].Status);
        Assert.False(reply.Cancelled.IsCompleted);
    }

    [Fact]
    public async Task A_stale_writer_is_fenced_off_and_steps_down()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = await CreateAsync(cluster);
        var key = ConversationKey.TryParse(grain.GetPrimaryKeyString(), out var parsed) ? parsed : default;

        // Another activation, after a partition say, has written behind this one's back.
        ConversationEvent other = new ConversationUpdated(
            "theirs", "scripted", null, ImmutableSortedDictionary<string, string>.Empty, DateTimeOffset.UnixEpoch) { Sequence = 2 };
        using var builder = new EventBlockBuilder();
        builder.Add(other);
        await cluster.Store.AppendAsync([new JournalAppend(key, [other], builder.Build())], CancellationToken.None);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => grain.Send(OwnerId.Local, new SendMessage("mine", null)));
        var now = await grain.Get(OwnerId.Local);
        var sent = await grain.Send(OwnerId.Local, new SendMessage("again", null));

        Assert.Equal(("theirs", 2), (now!.Title, now.Sequence));
        Assert.Equal(new SendResult.Accepted("msg_3", "msg_4", 3), sent);
    }

    [Fact]
    public async Task A_request_that_is_repeated_gets_the_same_answer_also_from_the_next_activation()
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Continue);
        var grain = await CreateAsync(cluster);
        var request = new SendMessage("go", null, "r-1");

        var first = await grain.Send(OwnerId.Local, request);
        Assert.Equal(new SendResult.Accepted("msg_2", "msg_3", 2), first);
        Assert.Equal(first, await grain.Send(OwnerId.Local, request));
        Assert.IsType<SendResult.Busy>(await grain.Send(OwnerId.Local, request with { Request = "r-2" }));

        await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();
        Assert.Equal(first, await grain.Send(OwnerId.Local, request));
        Assert.Equal(2, (await MessagesAsync(grain)).Length);
    }

    [Fact]
    public async Task A_silo_that_is_about_to_stop_finishes_its_replies_and_starts_no_others()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var silo = cluster.Silos.Silos[1];
        var running = cluster.Grain(await cluster.CreateOnAsync(silo));
        var idle = cluster.Grain(await cluster.CreateOnAsync(silo));
        await running.Send(OwnerId.Local, new SendMessage("go", null));
        var reply = await cluster.Model.NextReplyAsync();

        ((InProcessSiloHandle)silo).SiloHost.Services.GetRequiredService<RunningReplies>().Leave();
        await Assert.ThrowsAsync<ConversationMovingException>(() => idle.Send(OwnerId.Local, new SendMessage("go", null)));
        reply.Emit("to the end");
        reply.Complete();

        await UntilAsync(async () => (await running.Get(OwnerId.Local))!.Status == ConversationStatus.Idle);
        Assert.Equal("to the end", (await MessagesAsync(running))[^1].Content);
        Assert.Equal(1, (await idle.Get(OwnerId.Local))!.Sequence);
    }

    [Fact]
    public async Task To_anybody_but_its_owner_a_conversation_does_not_exist()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = await CreateAsync(cluster);
        Assert.True(OwnerId.TryParse("mallory", out var mallory));

        Assert.Null(await grain.Get(mallory));
        Assert.IsType<CancelResult.NotFound>(await grain.Cancel(mallory, new CancelReply()));
        Assert.Null(await grain.GetQueue(mallory));
        Assert.False(await grain.Unqueue(mallory, "msg_2"));
        Assert.IsType<MoveHeadResult.NotFound>(await grain.MoveHead(mallory, new MoveHead("msg_2", ToLeaf: false, [])));
        Assert.IsType<SendResult.NotFound>(await grain.Regenerate(mallory, new RegenerateReply("msg_2", null)));
        Assert.False(await grain.Delete(mallory));
        Assert.IsType<ReadResult.NotFound>(await grain.Read(mallory, 0));
        Assert.IsType<ReadResult.NotFound>(await grain.Watch(mallory, new Watcher(new NodeId("there"), 1), 0));
        Assert.IsType<MessagesResult.NotFound>(await grain.GetMessages(mallory, new MessagesQuery(10)));
        Assert.IsType<SendResult.NotFound>(await grain.Send(mallory, new SendMessage("hi", null)));
        Assert.IsType<UpdateResult.NotFound>(await grain.Update(mallory, new UpdateConversation { SetTitle = true, Title = "mine" }));
        Assert.NotNull(await grain.Get(OwnerId.Local));
    }

    [Fact]
    public async Task Asking_for_what_does_not_exist_leaves_no_grain_behind()
    {
        await using var cluster = await ChatCluster.StartAsync();
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        var id = ConversationId.New(TimeProvider.System).Value;

        await node.Api.GetAsync($"/conversations/{id}", HttpStatusCode.NotFound);

        await UntilAsync(async () => !await cluster.IsActiveAsync(cluster.Grain(id)));
    }

    private static async Task<IConversationGrain> CreateAsync(ChatCluster cluster)
    {
        var grain = cluster.Grain(ConversationId.New(TimeProvider.System).Value);
        var request = new CreateConversation(null, null, null, ImmutableSortedDictionary<string, string>.Empty, []);
        Assert.IsType<CreateResult.Created>(await grain.Create(OwnerId.Local, request));
        return grain;
    }

    private static async Task<ImmutableArray<Message>> MessagesAsync(IConversationGrain grain) =>
        Assert.IsType<MessagesResult.Page>(await grain.GetMessages(OwnerId.Local, new MessagesQuery(100))).Messages;

    // Looks again and again at what has no event to wait on: the collector tells nobody that it came by.
    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await reached())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
