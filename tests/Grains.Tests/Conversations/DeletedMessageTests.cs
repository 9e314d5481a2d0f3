using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Testing;

namespace OrleansChat.Grains.Tests.Conversations;

/// <summary>A message that is gone, and those around it.</summary>
public class DeletedMessageTests
{
    private readonly ConversationState state = new(ConversationId.New(TimeProvider.System));

    [Fact]
    public void What_followed_it_follows_what_it_followed()
    {
        Exchange();

        state.Apply(new MessageDeleted("msg_4", Blocks.At) { Sequence = 6 });

        Assert.Equal(["msg_2", "msg_3", "msg_5"], state.Messages.ActiveBranch.Select(position => state.Messages[position].Id));
        Assert.Equal("msg_3", state.Messages.Find("msg_5")!.Parent);
        Assert.Equal("msg_5", state.Conversation!.Head);
        Assert.Null(MessagePages.Find(state, "msg_4"));
        Assert.Equal(["Why?", "Because", "Well"], Prompt.From(state).Select(message => message.Text));
    }

    [Fact]
    public void The_head_goes_back_to_what_it_followed_and_to_nothing_in_the_end()
    {
        Exchange();

        state.Apply(new MessageDeleted("msg_5", Blocks.At) { Sequence = 6 });
        Assert.Equal("msg_4", state.Conversation!.Head);
        state.Apply(new MessageDeleted("msg_2", Blocks.At) { Sequence = 7 });
        state.Apply(new MessageDeleted("msg_3", Blocks.At) { Sequence = 8 });
        Assert.Equal((null, "msg_4"), (state.Messages.Find("msg_4")!.Parent, state.Conversation!.Head));
        state.Apply(new MessageDeleted("msg_4", Blocks.At) { Sequence = 9 });

        Assert.Null(state.Conversation!.Head);
        Assert.Empty(state.Messages.All);
    }

    [Fact]
    public void Those_that_follow_it_take_their_places_among_its_siblings()
    {
        Replay(
            Blocks.Created(),
            Blocks.Asked(2),
            Blocks.Asked(3),
            Message(4, "msg_2"),
            Message(5, "msg_3"),
            Message(6, "msg_2"),
            Blocks.Asked(7));

        state.Apply(new MessageDeleted("msg_2", Blocks.At) { Sequence = 8 });

        Assert.Equal(
            [("msg_3", 1, null, "msg_4"), ("msg_4", 2, "msg_3", "msg_6"), ("msg_6", 3, "msg_4", "msg_7"), ("msg_7", 4, "msg_6", null)],
            new[] { "msg_3", "msg_4", "msg_6", "msg_7" }.Select(id => MessagePages.Find(state, id)!)
                .Select(message => (message.Id, message.Siblings!.Position, message.Siblings.Previous, message.Siblings.Next)));
    }

    [Fact]
    public void What_was_taken_out_of_the_queue_can_be_deleted_and_changes_nothing_else()
    {
        Exchange();
        state.Apply(new MessageQueued("msg_6", MessageRole.User, "Never?", "msg_5", false, "demo", Blocks.At) { Sequence = 6 });
        state.Apply(new MessageUnqueued("msg_6", Blocks.At) { Sequence = 7 });

        state.Apply(new MessageDeleted("msg_6", Blocks.At) { Sequence = 8 });

        Assert.True(state.WasDeleted("msg_6"));
        Assert.Equal("msg_5", state.Conversation!.Head);
    }

    [Fact]
    public void A_summary_that_may_tell_of_it_is_not_used_any_more()
    {
        Replay(
            Blocks.Created(),
            Blocks.Asked(2),
            Blocks.Started(3),
            new ReplyContext("msg_3", 1, "msg_2", Summarized: true, 9, Blocks.At, "In short.") { Sequence = 4 },
            Blocks.Completed(5, "msg_3"));
        Assert.NotNull(state.SummaryOf("msg_3"));

        state.Apply(new MessageDeleted("msg_2", Blocks.At) { Sequence = 6 });

        Assert.Null(state.SummaryOf("msg_3"));
    }

    [Fact]
    public void No_other_reply_is_made_to_it()
    {
        Exchange();
        state.Apply(new MessageDeleted("msg_4", Blocks.At) { Sequence = 6 });
        var turns = new Turns(state, _ => true);

        Assert.IsType<SendResult.UnknownMessage>(turns.Answer(Turn.Of(new RegenerateReply("msg_4", null))));
        Assert.IsType<SendResult.NoReply>(turns.Answer(Turn.Of(new RegenerateReply("msg_5", null))));
        Assert.Null(turns.Answer(Turn.Of(new RegenerateReply("msg_3", null))));
    }

    [Theory]
    [InlineData("msg_2")]
    [InlineData("msg_3")]
    [InlineData("msg_9")]
    public void What_is_in_use_and_what_there_is_not_cannot_be_deleted(string message)
    {
        Replay(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3));

        Assert.Throws<InvalidOperationException>(() => state.Apply(new MessageDeleted(message, Blocks.At) { Sequence = 4 }));
    }

    private static MessageCreated Message(long sequence, string parent) =>
        new($"msg_{sequence}", parent, MessageRole.User, "And?", Blocks.At) { Sequence = sequence };

    private static MessageCreated Said(long sequence, string parent, string content) =>
        new($"msg_{sequence}", parent, MessageRole.Assistant, content, Blocks.At) { Sequence = sequence };

    private void Exchange() => Replay(
        Blocks.Created(), Blocks.Asked(2, "Why?"), Said(3, "msg_2", "Because"), Message(4, "msg_3"), Said(5, "msg_4", "Well"));

    private void Replay(params ConversationEvent[] events)
    {
        foreach (var next in events)
        {
            state.Apply(next);
        }
    }
}
