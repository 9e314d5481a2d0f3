using System.Collections.Immutable;
using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk;

namespace OrleansChat.Api.Tests.Dialects.AiSdk;

/// <summary>What stopping comes to while a chat goes on.</summary>
public class StopTests
{
    private readonly FakeConversation grain = new();
    private readonly PatientConversation conversation;

    public StopTests()
    {
        conversation = new PatientConversation(grain, OwnerId.Local, TimeProvider.System);
        grain.Messages["msg_7"] = new Message
        {
            Id = "msg_7", Role = MessageRole.Assistant, Content = "", Parent = "msg_4", Status = MessageStatus.InProgress, Sequence = 7, CreatedAt = DateTimeOffset.UnixEpoch,
        };
    }

    [Theory]
    [InlineData("msg_4")]
    [InlineData("msg_7")]
    public async Task A_stream_whose_reply_begins_while_it_is_stopped_is_stopped(string run)
    {
        await BeginAsync(running: "msg_3");
        grain.Unqueues = _ =>
        {
            grain.Reply = "msg_7";
            return false;
        };

        Assert.True(await ChatStreamApi.StopAsync(conversation, run));
        Assert.Equal([new CancelReply(null, "msg_7")], grain.Cancelled);
    }

    [Fact]
    public async Task What_waits_leaves_the_queue_and_what_runs_runs_on()
    {
        await BeginAsync(running: "msg_3");
        grain.Unqueues = run => run == "msg_4";

        Assert.True(await ChatStreamApi.StopAsync(conversation, "msg_4"));
        Assert.Empty(grain.Cancelled);
    }

    [Fact]
    public async Task A_stream_that_is_over_is_no_other_replys_business()
    {
        await BeginAsync(running: "msg_7");
        grain.Unqueues = _ => false;

        Assert.True(await ChatStreamApi.StopAsync(conversation, "msg_2"));
        Assert.Empty(grain.Cancelled);
    }

    [Fact]
    public async Task Whatever_runs_in_a_chat_is_stopped()
    {
        await BeginAsync(running: "msg_7");

        Assert.True(await ChatStreamApi.StopAsync(conversation, null));
        Assert.Equal([new CancelReply(null, "msg_7")], grain.Cancelled);
    }

    [Fact]
    public async Task Where_there_is_no_conversation_nothing_is_stopped()
    {
        grain.Unqueues = _ => false;

        Assert.False(await ChatStreamApi.StopAsync(conversation, "msg_2"));
        Assert.False(await ChatStreamApi.StopAsync(conversation, null));
    }

    private async Task BeginAsync(string running)
    {
        await conversation.CreateAsync(new CreateConversation(null, null, null, ImmutableSortedDictionary<string, string>.Empty, []));
        grain.Reply = running;
    }
}
