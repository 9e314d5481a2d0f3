using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Testing;

namespace OrleansChat.Grains.Tests.Conversations;

public class ConversationStateTests
{
    private readonly ConversationId id = ConversationId.New(TimeProvider.System);

    [Fact]
    public void A_turn_makes_two_messages()
    {
        var state = Replay(Blocks.Created("T"), Blocks.Asked(2), Blocks.Started(3), Blocks.Delta(4, "msg_3", "Be"), Blocks.Delta(5, "msg_3", "cause"));

        Assert.Equal(new OpenReply("msg_3", "demo", Blocks.At, 0), state.Reply);
        Assert.Equal("Because", state.MessageAt(1).Content);
        Assert.Equal(MessageStatus.InProgress, state.MessageAt(1).Status);
        Assert.Equal(5, state.MessageAt(1).Sequence);
        Assert.Equal(ConversationStatus.Replying, state.Conversation!.Status);

        state.Apply(Blocks.Completed(6, "msg_3"));

        Assert.Null(state.Reply);
        Assert.Equal(
            new Message
            {
                Id = "msg_3",
                Parent = "msg_2",
                Role = MessageRole.Assistant,
                Content = "Because",
                Status = MessageStatus.Completed,
                Sequence = 6,
                CreatedAt = Blocks.At,
                Model = "demo",
                FinishReason = "stop",
                Usage = new TokenUsage(3, 4),
            },
            state.MessageAt(1));
        Assert.Equal((ConversationStatus.Idle, 6L, "T"), (state.Conversation.Status, state.Conversation.Sequence, state.Conversation.Title));
    }

    [Fact]
    public void A_reply_that_is_continued_keeps_its_text()
    {
        var state = Replay(
            Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), Blocks.Delta(4, "msg_3", "Be"), Blocks.Continued(5, "msg_3"), Blocks.Delta(6, "msg_3", "cause"));

        Assert.Equal(new OpenReply("msg_3", "demo", Blocks.At, 1), state.Reply);
        Assert.Equal(("Because", "Because"), (state.ReplyText, state.MessageAt(1).Content));
    }

    [Fact]
    public void A_reply_that_begins_anew_forgets_its_text_and_counts_its_attempts()
    {
        var state = Replay(
            Blocks.Created(),
            Blocks.Asked(2),
            Blocks.Started(3),
            Blocks.Delta(4, "msg_3", "Be"),
            Blocks.Restarted(5, "msg_3", attempt: 1),
            Blocks.Delta(6, "msg_3", "No"),
            Blocks.Restarted(7, "msg_3", attempt: 2),
            Blocks.Delta(8, "msg_3", "Yes"));
        Assert.Equal((2, "Yes"), (state.Reply!.Attempts, state.ReplyText));

        state.Apply(Blocks.Completed(9, "msg_3"));
        Assert.Equal(("Yes", ""), (state.MessageAt(1).Content, state.ReplyText));
    }

    [Fact]
    public void Compacted_lines_make_the_same_state()
    {
        ConversationEvent[] events =
        [
            Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), Blocks.Delta(4, "msg_3", "a\n"), Blocks.Delta(5, "msg_3", "😀"), Blocks.Completed(6, "msg_3"),
        ];
        var state = new ConversationState(id);
        foreach (var line in ReplyCompaction.Compact(Blocks.Of(events)))
        {
            state.Apply(line);
        }

        Assert.Equal(Replay(events).MessageAt(1), state.MessageAt(1));
        Assert.Equal(6, state.Sequence);
    }

    [Fact]
    public void Events_that_cannot_follow_are_refused()
    {
        Assert.Throws<InvalidOperationException>(() => Replay(Blocks.Asked(1)));
        Assert.Throws<InvalidOperationException>(() => Replay(Blocks.Created(), Blocks.Asked(3)));
        Assert.Throws<InvalidOperationException>(() => Replay(Blocks.Created(), Blocks.Created() with { Sequence = 2 }));
        Assert.Throws<InvalidOperationException>(() => Replay(Blocks.Created(), Blocks.Delta(2, "msg_1", "a")));
        Assert.Throws<InvalidOperationException>(() => Replay(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), Blocks.Started(4)));
        Assert.Throws<InvalidOperationException>(() => Replay(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), Blocks.Completed(4, "msg_9")));
        Assert.Throws<InvalidOperationException>(() =>
            Replay(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), Blocks.Completed(4, "msg_3"), Blocks.Completed(5, "msg_3")));
    }

    private ConversationState Replay(params ReadOnlySpan<ConversationEvent> events)
    {
        var state = new ConversationState(id);
        foreach (var next in events)
        {
            state.Apply(next);
        }

        return state;
    }
}
