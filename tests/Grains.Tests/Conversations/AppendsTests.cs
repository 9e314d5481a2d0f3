using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Testing;

namespace OrleansChat.Grains.Tests.Conversations;

/// <summary>Messages that are stored without a reply.</summary>
public class AppendsTests
{
    private readonly ConversationState state = new(ConversationId.New(TimeProvider.System));

    public AppendsTests() => Replay(Blocks.Created(), Blocks.Asked(2));

    [Fact]
    public void They_follow_the_head_one_after_the_other_and_the_last_has_the_name()
    {
        var request = new AppendMessages([Weather, Answer, new(MessageRole.User, "Thanks")]) { Request = "r", Fingerprint = "f" };

        var (result, events) = Store(request);

        Assert.Equal(["msg_3", "msg_4", "msg_5"], result.Ids.AsEnumerable());
        Assert.Equal(5, result.Sequence);
        Assert.Equal(["msg_2", "msg_3", "msg_4"], events.Select(e => e.Parent));
        Assert.Equal([(null, null), (null, null), ("r", "f")], events.Select(e => (e.Request, e.Fingerprint)));
        Assert.Equal("call_1", Assert.Single(events[0].ToolCalls!.Value).Id);
        Assert.Equal(("Hm", "I may not."), (Assert.Single(events[0].Reasoning!.Value).Text, events[0].Refusal));
        Assert.Equal("msg_5", state.Conversation!.Head);
        var again = Assert.IsType<AppendResult.Appended>(new Appends(state).Answer(request));
        Assert.Equal(["msg_3", "msg_4", "msg_5"], again.Ids.AsEnumerable());
        Assert.Equal(5, again.Sequence);
        Assert.IsType<AppendResult.OtherRequest>(new Appends(state).Answer(request with { Fingerprint = "g" }));
    }

    [Fact]
    public void They_can_begin_anew_or_follow_any_message()
    {
        var (_, anew) = Store(new AppendMessages([new(MessageRole.User, "Other")]) { HasParent = true });
        var (_, first) = Store(new AppendMessages([new(MessageRole.User, "More")]) { HasParent = true, Parent = "msg_2" });

        Assert.Equal((null, "msg_2"), (anew[0].Parent, first[0].Parent));
        Assert.IsType<AppendResult.UnknownMessage>(
            new Appends(state).Answer(new AppendMessages([new(MessageRole.User, "x")]) { HasParent = true, Parent = "msg_9" }));
    }

    [Fact]
    public void Nothing_is_stored_while_a_reply_runs_or_where_there_is_nothing_to_store()
    {
        Assert.Equal(2, Assert.IsType<AppendResult.Appended>(new Appends(state).Answer(new AppendMessages([]))).Sequence);
        Replay(Blocks.Started(3));

        Assert.Equal(new AppendResult.Busy("msg_3"), new Appends(state).Answer(new AppendMessages([Weather])));
    }

    [Fact]
    public void An_answer_to_a_call_that_is_not_open_is_refused()
    {
        var result = Assert.IsType<AppendResult.UnknownCall>(new Appends(state).Answer(new AppendMessages([Weather, Answer, Answer])));
        Assert.Equal("call_1", result.Call);
        Assert.Empty(result.OpenCalls);

        Store(new AppendMessages([Weather]));
        var other = Assert.IsType<AppendResult.UnknownCall>(
            new Appends(state).Answer(new AppendMessages([new(MessageRole.Tool, "") { ToolResults = [new ToolResult("call_2", "")] }])));
        Assert.Equal("call_2", other.Call);
        Assert.Equal(["call_1"], other.OpenCalls.AsEnumerable());
        Assert.Null(new Appends(state).Answer(new AppendMessages([Answer])));
    }

    private static PastMessage Weather => new(MessageRole.Assistant, "")
    {
        ToolCalls = [new ToolCall("call_1", "get_weather", "{}")],
        Reasoning = [new ReasoningBlock("Hm")],
        Refusal = "I may not.",
    };

    private static PastMessage Answer => new(MessageRole.Tool, "") { ToolResults = [new ToolResult("call_1", "12 °C")] };

    private (AppendResult.Appended Result, List<MessageCreated> Events) Store(AppendMessages request)
    {
        var appends = new Appends(state);
        Assert.Null(appends.Answer(request));
        var draft = new EventDraft(state.Sequence + 1, Blocks.At);
        var result = appends.Store(request, draft);
        Replay([.. draft.Events]);
        return (result, [.. draft.Events.Cast<MessageCreated>()]);
    }

    private void Replay(params ConversationEvent[] events)
    {
        foreach (var next in events)
        {
            state.Apply(next);
        }
    }
}
