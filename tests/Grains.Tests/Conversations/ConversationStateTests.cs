using Microsoft.Extensions.AI;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Models;
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
            Blocks.Completed(5, "msg_3") with { AnsweredBy = "other", Cost = new ReplyCost(0.5m, "USD") });

        var reply = state.MessageAt(1);
        Assert.Equal(new MessageContext(2, "msg_2", Summarized: true, 40), reply.Context);
        Assert.Equal((new ReplyCost(0.5m, "USD"), "other", "demo"), (reply.Cost, reply.AnsweredBy, reply.Model));
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
        Assert.Equal([null, 0, 2, 7, 8, null], Enumerable.Range(2, 6).Select(sequence => state.CutAt(sequence)?.TextLength));

        state.Apply(new ReplyCancelled("msg_3", null, Blocks.At, AtSequence: 5, TextLength: 7) { Sequence = 7 });

        Assert.Equal(("Because", MessageStatus.Cancelled), (state.MessageAt(1).Content, state.MessageAt(1).Status));
        Assert.Equal((5, null), (state.LastCut, state.CutAt(5)));
        Assert.Equal(["why?", "Because"], Prompt.From(state).Select(message => message.Text));
    }

    [Fact]
    public void Of_a_reply_that_began_anew_only_the_new_text_can_be_cut()
    {
        var state = Replay(
            Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), Blocks.Delta(4, "msg_3", "Be"), Blocks.Restarted(5, "msg_3"), Blocks.Delta(6, "msg_3", "No"));

        Assert.Equal([null, null, 0, 2, null], Enumerable.Range(3, 5).Select(sequence => state.CutAt(sequence)?.TextLength));
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

    private static ConversationEvent[] Thoughtful =>
    [
        Blocks.Created(),
        Blocks.Asked(2),
        Blocks.Started(3),
        new ReplyReasoning("msg_3", "Hm") { Sequence = 4 },
        new ReplyReasoning("msg_3", "m.", "sig-1") { Sequence = 5 },
        new ReplyReasoning("msg_3", "So") { Sequence = 6 },
        Blocks.Delta(7, "msg_3", "Wait"),
        new ReplyToolCall("msg_3", 0, "", "call_1", "f") { Sequence = 8 },
        new ReplyToolCall("msg_3", 1, "[", "call_2", "g") { Sequence = 9 },
        new ReplyToolCall("msg_3", 0, "{") { Sequence = 10 },
        new ReplyToolCall("msg_3", 0, "}") { Sequence = 11 },
        new ReplyToolCall("msg_3", 1, "]") { Sequence = 12 },
        new ReplyRefusal("msg_3", "No") { Sequence = 13 },
        Blocks.Delta(14, "msg_3", "!"),
    ];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_reply_has_what_it_thought_called_and_refused(bool compacted)
    {
        ConversationEvent[] events = [.. Thoughtful, new ReplyCompleted("msg_3", "tool_calls", null, Blocks.At) { Sequence = 15 }];
        var state = new ConversationState(id);
        foreach (var line in compacted ? ReplyCompaction.Compact(Blocks.Of(events)) : Blocks.Of(events))
        {
            state.Apply(line);
        }

        var reply = state.MessageAt(1);
        Assert.Equal(("Wait!", "No", "tool_calls", MessageStatus.Completed), (reply.Content, reply.Refusal, reply.FinishReason, reply.Status));
        Assert.Equal([new ReasoningBlock("Hmm.", "sig-1"), new ReasoningBlock("So")], reply.Reasoning.ToArray());
        Assert.Equal([new ToolCall("call_1", "f", "{}"), new ToolCall("call_2", "g", "[]")], reply.ToolCalls.ToArray());
        Assert.Equal(["call_1", "call_2"], OpenCalls.After(state.Messages, "msg_3").Select(call => call.Id));
    }

    [Fact]
    public void A_cut_counts_thinking_and_refusal_beside_the_text_and_leaves_no_calls()
    {
        var state = Replay(Thoughtful);
        Assert.Equal(new ReplyCut(5, 0, 4, 0), state.CutAt(5));
        Assert.Equal(new ReplyCut(12, 4, 6, 0), state.CutAt(12));
        Assert.Equal(new ReplyCut(14, 5, 6, 2), state.CutAt(14));

        state.Apply(new ReplyCancelled("msg_3", null, Blocks.At, 4, TextLength: 0, ReasoningLength: 2, RefusalLength: 0) { Sequence = 15 });

        var reply = state.MessageAt(1);
        Assert.Equal(("", null), (reply.Content, reply.Refusal));
        Assert.Equal([new ReasoningBlock("Hm")], reply.Reasoning.ToArray());
        Assert.Empty(reply.ToolCalls);
    }

    [Fact]
    public void A_reply_that_begins_anew_forgets_all_that_it_had()
    {
        var state = Replay([.. Thoughtful, Blocks.Restarted(15, "msg_3")]);

        var reply = state.MessageAt(1);
        Assert.Equal(("", null, true), (reply.Content, reply.Refusal, state.ReplyHasOnlyText));
        Assert.Empty(reply.Reasoning);
        Assert.Empty(reply.ToolCalls);
    }

    [Fact]
    public void A_call_that_skips_a_number_is_refused() => Assert.Throws<InvalidOperationException>(() => Replay(
        Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), new ReplyToolCall("msg_3", 1, "", "call_1", "f") { Sequence = 4 }));

    [Fact]
    public void What_tools_answered_is_asked_with_the_calls_and_signed_thinking_goes_back_to_its_own_model()
    {
        var state = Replay(
        [
            .. Thoughtful,
            new ReplyCompleted("msg_3", "tool_calls", null, Blocks.At) { Sequence = 15 },
            new MessageCreated("msg_16", "msg_3", MessageRole.Tool, "", Blocks.At) { Sequence = 16, ToolResults = [new ToolResult("call_2", "two")] },
            new MessageCreated("msg_17", "msg_16", MessageRole.Tool, "", Blocks.At) { Sequence = 17, ToolResults = [new ToolResult("call_1", "one")] },
            new ReplyStarted("msg_18", "msg_17", "demo", Blocks.At) { Sequence = 18 },
        ]);

        var prompt = Prompt.From(state);

        Assert.Equal(["user", "assistant", "tool", "tool"], prompt.Select(message => message.Role.Value));
        Assert.Collection(
            prompt[1].Contents,
            thought => Assert.Equal(("Hmm.", "sig-1"), (Assert.IsType<TextReasoningContent>(thought).Text, ((TextReasoningContent)thought).ProtectedData)),
            text => Assert.Equal("Wait!", Assert.IsType<TextContent>(text).Text),
            call => Assert.Equal(("call_1", "f", "{}"), Described(call)),
            call => Assert.Equal(("call_2", "g", "[]"), Described(call)));
        Assert.Equal("two", Assert.IsType<FunctionResultContent>(Assert.Single(prompt[2].Contents)).Result);

        static (string, string, string) Described(AIContent content) =>
            ((FunctionCallContent)content).CallId is var id ? (id, ((FunctionCallContent)content).Name, ToolCallArguments.TextOf((FunctionCallContent)content)) : default;
    }

    [Theory]
    [InlineData("c2ln", true)]
    [InlineData(null, false)]
    public void Signed_thinking_that_somebody_brings_along_goes_to_the_model_that_he_asks(string? signature, bool goes)
    {
        var state = Replay(
        [
            Blocks.Created(),
            Blocks.Asked(2),
            new MessageCreated("msg_3", "msg_2", MessageRole.Assistant, "", Blocks.At)
            {
                Sequence = 3,
                Reasoning = [new ReasoningBlock("Hm.", signature)],
                ToolCalls = [new ToolCall("call_1", "f", "{}")],
            },
            new MessageCreated("msg_4", "msg_3", MessageRole.Tool, "", Blocks.At) { Sequence = 4, ToolResults = [new ToolResult("call_1", "one")] },
            new ReplyStarted("msg_5", "msg_4", "demo", Blocks.At) { Sequence = 5 },
        ]);

        Assert.Equal(goes ? [signature] : [], Prompt.From(state)[1].Contents.OfType<TextReasoningContent>().Select(thought => thought.ProtectedData));
    }

    [Fact]
    public void Who_goes_on_without_an_answer_has_the_call_left_out()
    {
        var state = Replay(
        [
            .. Thoughtful,
            new ReplyCompleted("msg_3", "tool_calls", null, Blocks.At) { Sequence = 15 },
            new MessageCreated("msg_16", "msg_3", MessageRole.Tool, "", Blocks.At) { Sequence = 16, ToolResults = [new ToolResult("call_2", "two")] },
            new MessageCreated("msg_17", "msg_16", MessageRole.User, "never mind", Blocks.At) { Sequence = 17 },
        ]);

        var prompt = Prompt.From(state);

        Assert.Equal(["call_2"], prompt.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(call => call.CallId));
        Assert.Equal(["call_2"], prompt.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => result.CallId));
    }

    [Fact]
    public void Images_are_asked_as_images()
    {
        var state = Replay(
            Blocks.Created(),
            Blocks.Asked(2) with
            {
                Parts =
                [
                    new ContentPart(ContentPartType.Text, "What are these?"),
                    new ContentPart(ContentPartType.Image, Url: "https://x.example/a.png", Detail: "high"),
                    new ContentPart(ContentPartType.Image, Url: "data:image/gif;base64,R0lGODlhAQABAAAAACw="),
                ],
            });

        Assert.Collection(
            Assert.Single(Prompt.From(state)).Contents,
            text => Assert.Equal("What are these?", Assert.IsType<TextContent>(text).Text),
            image => Assert.Equal(("https://x.example/a.png", "high"), (Assert.IsType<UriContent>(image).Uri.OriginalString, image.AdditionalProperties!["detail"])),
            image => Assert.Equal("data:image/gif;base64,R0lGODlhAQABAAAAACw=", Assert.IsType<DataContent>(image).Uri));
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
