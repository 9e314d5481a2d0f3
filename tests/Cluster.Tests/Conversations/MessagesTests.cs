using System.Collections.Immutable;
using Orleans.Core.Internal;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Generation;
using OrleansChat.Search;
using OrleansChat.Testing.Models;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>Messages that come without a reply, or with others, and messages that are gone; also for the activations that come after.</summary>
public class MessagesTests
{
    private static readonly OwnerId Stranger = OwnerId.TryParse("stranger", out var stranger) ? stranger : default;

    [Fact]
    public async Task Messages_are_appended_once_and_can_be_read_one_by_one()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Grain(await cluster.CreateOnAsync(cluster.Silos.Silos[0]));
        var request = new AppendMessages([new(MessageRole.User, "Why?"), new(MessageRole.Assistant, "Because.") { Reasoning = [new ReasoningBlock("Hm")] }])
        {
            Request = "r", Fingerprint = "f",
        };

        var appended = Assert.IsType<AppendResult.Appended>(await grain.Append(OwnerId.Local, request));
        await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();
        var again = Assert.IsType<AppendResult.Appended>(await grain.Append(OwnerId.Local, request));

        Assert.Equal(["msg_2", "msg_3"], appended.Ids.AsEnumerable());
        Assert.Equal(appended.Ids.AsEnumerable(), again.Ids);
        Assert.Equal((3, 3), (appended.Sequence, again.Sequence));
        Assert.IsType<AppendResult.OtherRequest>(await grain.Append(OwnerId.Local, request with { Fingerprint = "g" }));
        Assert.IsType<AppendResult.NotFound>(await grain.Append(Stranger, request));
        Assert.Equal("msg_3", await grain.MessageOf(OwnerId.Local, "r"));
        Assert.Null(await grain.MessageOf(OwnerId.Local, "s"));
        Assert.Null(await grain.MessageOf(Stranger, "r"));
        var message = (await grain.GetMessage(OwnerId.Local, "msg_3"))!;
        Assert.Equal(("Because.", "msg_2", "Hm", 1), (message.Content, message.Parent, message.Reasoning[0].Text, message.Siblings!.Count));
        Assert.Null(await grain.GetMessage(OwnerId.Local, "msg_9"));
        Assert.Null(await grain.GetMessage(Stranger, "msg_3"));
    }

    [Fact]
    public async Task What_precedes_a_message_goes_with_it_also_where_both_have_to_wait()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var grain = cluster.Grain(await cluster.CreateOnAsync(cluster.Silos.Silos[0]));
        await grain.Send(OwnerId.Local, new SendMessage("one", null) { Preceding = [new(MessageRole.System, "rule")] });
        var first = await cluster.Model.NextReplyAsync();
        Assert.Equal(["rule", "one"], Texts(first));
        Assert.IsType<AppendResult.Busy>(await grain.Append(OwnerId.Local, new AppendMessages([new(MessageRole.User, "x")])));

        var waiting = new SendMessage("", null, "r")
        {
            OnBusy = BusyPolicy.Queue,
            Preceding = [new(MessageRole.User, "two"), new(MessageRole.Assistant, "let me see") { ToolCalls = [new ToolCall("call_1", "f", "{}")] }],
            ToolResults = [new ToolResult("call_1", "42")],
            Options = new GenerationOptions { Instructions = "Be brief." },
        };
        Assert.IsType<SendResult.UnknownCall>(await grain.Send(OwnerId.Local, waiting with { ToolResults = [new ToolResult("call_2", "42")] }));
        var queued = Assert.IsType<SendResult.Queued>(await grain.Send(OwnerId.Local, waiting));
        Assert.Equal(2, Assert.Single((await grain.GetQueue(OwnerId.Local))!.Messages).Preceding!.Value.Length);
        first.Emit("1");
        first.Complete();
        var second = await cluster.Model.NextReplyAsync();

        Assert.Equal(["Be brief.", "rule", "one", "1", "two", "let me see", ""], Texts(second));
        var message = (await grain.GetMessage(OwnerId.Local, queued.Message))!;
        Assert.Equal(MessageRole.Tool, message.Role);
        Assert.Equal(queued.Message, await grain.MessageOf(OwnerId.Local, "r"));
        Assert.Equal("let me see", (await grain.GetMessage(OwnerId.Local, message.Parent!))!.Content);
        second.Complete();
    }

    [Fact]
    public async Task A_message_that_is_deleted_is_gone_for_everybody_and_its_request_stays_answered()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var id = await cluster.CreateOnAsync(cluster.Silos.Silos[0]);
        var grain = cluster.Grain(id);
        var secret = new SendMessage("the secret word", null, "r");
        var sent = Assert.IsType<SendResult.Accepted>(await grain.Send(OwnerId.Local, secret));
        Assert.Equal(DeleteMessageResult.Running, await grain.DeleteMessage(OwnerId.Local, sent.Message));
        Assert.Equal(DeleteMessageResult.Running, await grain.DeleteMessage(OwnerId.Local, sent.Reply));
        var reply = await cluster.Model.NextReplyAsync();
        reply.Emit("I keep it");
        reply.Complete();
        while ((await grain.Get(OwnerId.Local))!.Status == ConversationStatus.Replying)
        {
            await reply.Left;
        }

        Assert.Equal(DeleteMessageResult.NotFound, await grain.DeleteMessage(Stranger, sent.Message));
        Assert.Equal(DeleteMessageResult.NotFound, await grain.DeleteMessage(OwnerId.Local, "msg_99"));
        Assert.Equal(DeleteMessageResult.Deleted, await grain.DeleteMessage(OwnerId.Local, sent.Message));
        await grain.Cast<IGrainManagementExtension>().DeactivateOnIdle();
        Assert.Equal(DeleteMessageResult.Deleted, await grain.DeleteMessage(OwnerId.Local, sent.Message));

        Assert.Null(await grain.GetMessage(OwnerId.Local, sent.Message));
        Assert.Null((await grain.GetMessage(OwnerId.Local, sent.Reply))!.Parent);
        Assert.Equal(sent, await grain.Send(OwnerId.Local, secret));
        Assert.IsType<SendResult.NoReply>(await grain.Regenerate(OwnerId.Local, new RegenerateReply(sent.Reply, null)));
        await cluster.Store.CompactAsync(new ConversationKey(OwnerId.Local, ConversationId.TryParse(id, out var parsed) ? parsed : default), default);
        Assert.True(SearchQuery.TryParse("secret", out var query));
        Assert.Empty((await cluster.Store.SearchAsync(OwnerId.Local, query, 10, null, default)).Matches);
        await grain.Send(OwnerId.Local, new SendMessage("And?", null));
        Assert.Equal(["I keep it", "And?"], Texts(await cluster.Model.NextReplyAsync()));
    }

    [Fact]
    public async Task A_named_creation_is_found_without_being_made()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var tail = ConversationId.TailOf(UInt128.One << 70);
        var creation = cluster.Silos.GrainFactory.GetGrain<ICreationGrain>($"{OwnerId.Local}/{tail}");
        Assert.Null(await creation.Find(OwnerId.Local));

        var request = new CreateConversation(null, null, null, ImmutableSortedDictionary<string, string>.Empty, []) { Request = "n", Transient = true };
        var created = Assert.IsType<CreateResult.Created>(await creation.Create(OwnerId.Local, request)).Conversation;

        Assert.True(created.IsTransient);
        Assert.Equal(created.Id, await creation.Find(OwnerId.Local));
        Assert.Null(await creation.Find(Stranger));
        Assert.Empty(await cluster.Store.ListAsync(OwnerId.Local, 10, null, default));
        Assert.True(await cluster.Grain(created.Id.Value).Expire(OwnerId.Local, 1));
        Assert.Null(await creation.Find(OwnerId.Local));
    }

    private static IEnumerable<string> Texts(ScriptedReply reply) => reply.Messages.Select(message => message.Text);
}
