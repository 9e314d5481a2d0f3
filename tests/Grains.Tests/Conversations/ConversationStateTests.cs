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

        Assert.Equal(new OpenReply("msg_3", "demo", Blocks.At, 1) { ContinuedFrom = 2 }, state.Reply);
        Assert.Equal(("Because", "Because"), (state.ReplyText, state.MessageAt(1).Content));
    }

    [Fact]
    public void A_reply_adds_up_what_its_attempts_cost_and_knows_from_where_each_goes_on()
    {
        var state = Replay(
            Blocks.Created(),
            Blocks.Asked(2),
            Blocks.Started(3),
            Blocks.Delta(4, "msg_3", "Be"),
            Blocks.Continued(5, "msg_3") with { Usage = new TokenUsage(10, 1) { Estimated = true } },
            Blocks.Delta(6, "msg_3", "cause"),
            Blocks.Continued(7, "msg_3", attempt: 2),
            Blocks.Restarted(8, "msg_3", attempt: 3) with { Usage = new TokenUsage(12, 2) });

        Assert.Equal((new TokenUsage(22, 3) { Estimated = true }, 0), (state.Reply!.Spent, state.Reply.ContinuedFrom));
    }

    [Fact]
    public void What_a_model_was_not_shown_stands_with_its_reply_and_a_summary_can_be_found_by_it()
    {
        var state = Replay(
            Blocks.Created(),
            Blocks.Asked(2),
            Blocks.Started(3),
            new ReplyContext("msg_3", 2, "msg_2", Summarized: true, 40, Blocks.At, "In short.") { Sequence = 4 },
            Blocks.Completed(5, "msg_3") with { Model = "other", Cost = new ReplyCost(0.5m, "USD") });

        var reply = state.MessageAt(1);
        Assert.Equal(new MessageContext(2, "msg_2", Summarized: true, 40), reply.Context);
        Assert.Equal((new ReplyCost(0.5m, "USD"), "other"), (reply.Cost, reply.Model));
        Assert.Equal(new BranchSummary("In short.", "msg_2"), state.SummaryOf("msg_3"));
        Assert.Null(state.SummaryOf("msg_2"));
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
    public void A_reply_that_is_cut_ends_where_its_reader_stopped_also_in_the_prompt()
    {
        var state = Replay(
            Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), Blocks.Delta(4, "msg_3", "Be"), Blocks.Delta(5, "msg_3", "cause"), Blocks.Delta(6, "msg_3", "."));
        Assert.Equal([null, 0, 2, 7, 8, null], Enumerable.Range(2, 6).Select(sequence => state.TextLengthAt(sequence)));

        state.Apply(new ReplyCancelled("msg_3", null, Blocks.At, AtSequence: 5, TextLength: 7) { Sequence = 7 });

        Assert.Equal(("Because", MessageStatus.Cancelled), (state.MessageAt(1).Content, state.MessageAt(1).Status));
        Assert.Equal((5, null), (state.LastCut, state.TextLengthAt(5)));
        Assert.Equal(["why?", "Because"], Prompt.From(state).Select(message => message.Text));
    }

    [Fact]
    public void Of_a_reply_that_began_anew_only_the_new_text_can_be_cut()
    {
        var state = Replay(
            Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), Blocks.Delta(4, "msg_3", "Be"), Blocks.Restarted(5, "msg_3"), Blocks.Delta(6, "msg_3", "No"));

        Assert.Equal([null, null, 0, 2, null], Enumerable.Range(3, 5).Select(sequence => state.TextLengthAt(sequence)));
        Assert.Throws<InvalidOperationException>(() =>
            state.Apply(new ReplyCancelled("msg_3", null, Blocks.At, AtSequence: 6, TextLength: 3) { Sequence = 7 }));
    }

    [Fact]
    public void What_waits_becomes_a_message_under_the_id_that_it_waited_with()
    {
        var state = Replay(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), Queued(4), Queued(5), Queued(6));
        Assert.Equal(["msg_4", "msg_5", "msg_6"], state.Queue.Select(queued => queued.Id));

        state.Apply(new MessageUnqueued("msg_5", Blocks.At) { Sequence = 7 });
        state.Apply(Blocks.Completed(8, "msg_3"));
        state.Apply(new MessageCreated("msg_4", "msg_3", MessageRole.User, "and?", Blocks.At) { Sequence = 9 });

        Assert.Equal(["msg_6"], state.Queue.Select(queued => queued.Id));
        Assert.Equal(("msg_4", "msg_3"), (state.Conversation!.Head, state.MessageAt(2).Parent));
        Assert.Throws<InvalidOperationException>(() => state.Apply(new MessageUnqueued("msg_4", Blocks.At) { Sequence = 10 }));
    }

    [Fact]
    public void After_a_torn_append_what_waits_starts_when_the_journal_is_opened()
    {
        // The end of the reply was stored, and the start of the next was not.
        var state = Replay(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), Queued(4), Blocks.Completed(5, "msg_3"));
        var draft = new EventDraft(6, Blocks.At);
        new Turns(state, _ => true).StartNext(draft);

        Assert.Equal(
            [
                new MessageCreated("msg_4", "msg_3", MessageRole.User, "and?", Blocks.At) { Sequence = 6 },
                new ReplyStarted("msg_7", "msg_4", "demo", Blocks.At) { Sequence = 7 },
            ],
            draft.Events);
        Assert.Equal("msg_7", draft.Started?.Message);
    }

    [Fact]
    public void A_journal_from_before_there_were_branches_has_its_newest_message_for_head()
    {
        var state = Replay(
            Blocks.Created(),
            Blocks.Asked(2),
            Blocks.Started(3),
            Blocks.Completed(4, "msg_3"),
            Blocks.Asked(5) with { Parent = "msg_3" },
            Blocks.Started(6),
            Blocks.Completed(7, "msg_6"));

        Assert.Equal("msg_6", state.Conversation!.Head);
        var page = Assert.IsType<MessagesResult.Page>(MessagePages.Read(state, new MessagesQuery(10)));
        Assert.Equal(["msg_2", "msg_3", "msg_5", "msg_6"], page.Messages.Select(message => message.Id));
        Assert.All(page.Messages, message => Assert.Equal(new MessageSiblings(1, 1, null, null), message.Siblings));
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
        Assert.Throws<InvalidOperationException>(() => Replay(Blocks.Created(), new HeadMoved("msg_9", Blocks.At) { Sequence = 2 }));
        Assert.Throws<InvalidOperationException>(() => Replay(Blocks.Created(), Blocks.Delta(2, "msg_1", "a")));
        Assert.Throws<InvalidOperationException>(() => Replay(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), Blocks.Started(4)));
        Assert.Throws<InvalidOperationException>(() => Replay(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), Blocks.Completed(4, "msg_9")));
        Assert.Throws<InvalidOperationException>(() =>
            Replay(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), Blocks.Completed(4, "msg_3"), Blocks.Completed(5, "msg_3")));
    }

    private static MessageQueued Queued(long sequence) =>
        new($"msg_{sequence}", MessageRole.User, "and?", null, Follows: true, "demo", Blocks.At) { Sequence = sequence };

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
