using System.Collections.Immutable;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Generation;
using OrleansChat.Limiting;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Conversations;

/// <summary>How much was ever stored in a conversation, and when that is enough.</summary>
public class HistorySizeTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    private readonly ConversationState state = new(ConversationId.New(new ManualTimeProvider()));

    [Fact]
    public void Everything_that_is_said_counts_in_bytes_and_goes_on_to_count_when_it_is_deleted()
    {
        Apply(next => new ConversationCreated("äb", "demo", "sys", ImmutableSortedDictionary<string, string>.Empty.Add("k", "v"), At) { Sequence = next });
        Assert.Equal(new HistorySize(0, 3 + 3 + 2), state.Size);

        Apply(next => new MessageCreated("msg_2", null, MessageRole.User, "12345", At) { Parts = [new ContentPart(ContentPartType.Image, Url: "https://x")], Sequence = next });
        Assert.Equal(new HistorySize(1, 8 + 5 + 9), state.Size);

        Apply(next => new ReplyStarted("msg_3", "msg_2", "demo", At) { Options = new GenerationOptions { Instructions = "short" }, Sequence = next });
        Apply(next => new ReplyDelta("msg_3", "1234") { Sequence = next });
        Assert.Equal(new HistorySize(2, 22 + 5), state.Size);
        Apply(next => new ReplyCompleted("msg_3", "stop", TokenUsage.None, At) { Sequence = next });
        Assert.Equal(new HistorySize(2, 27 + 4), state.Size);

        Apply(next => new MessageDeleted("msg_3", At) { Sequence = next });
        Assert.Equal(new HistorySize(2, 31), state.Size);
    }

    [Fact]
    public void A_turn_that_would_be_too_much_is_refused_and_another_reply_too()
    {
        var limits = new LimitOptions { HistoryMessages = 4 };
        var turns = new Turns(state, _ => true, limits);
        Apply(next => new ConversationCreated(null, "demo", null, ImmutableSortedDictionary<string, string>.Empty, At) { Sequence = next });
        Exchange(turns);
        Exchange(turns);

        var full = new SendResult.HistoryFull(new HistoryLimits(4, limits.HistoryBytes));
        Assert.Equal(full, turns.Answer(new Turn { Content = "go" }));
        Assert.Equal(full, turns.Answer(new Turn { Again = "msg_2" }));
        Assert.IsType<AppendResult.HistoryFull>(new Appends(state, limits).Answer(new AppendMessages([new PastMessage(MessageRole.User, "x")])));
        Assert.Null(new Turns(state, _ => true, new LimitOptions { HistoryMessages = 6 }).Answer(new Turn { Content = "go" }));

        // What was accepted before is answered as it was.
        Assert.IsType<SendResult.Accepted>(turns.Answer(new Turn { Content = "go", Request = "r2" }));
    }

    [Fact]
    public void So_is_one_that_has_too_many_bytes()
    {
        var limits = new LimitOptions { HistoryBytes = 64 * 1024 };
        var turns = new Turns(state, _ => true, limits);
        Apply(next => new ConversationCreated(null, "demo", new string('s', 60 * 1024), ImmutableSortedDictionary<string, string>.Empty, At) { Sequence = next });

        Assert.Null(turns.Answer(new Turn { Content = new string('x', 4 * 1024) }));
        Assert.IsType<SendResult.HistoryFull>(turns.Answer(new Turn { Content = new string('x', (4 * 1024) + 1) }));
        Assert.IsType<SendResult.HistoryFull>(turns.Answer(new Turn { Content = new string('ä', (2 * 1024) + 1) }));
    }

    private void Exchange(Turns turns)
    {
        var draft = new EventDraft(state.Sequence + 1, At);
        turns.Begin(new Turn { Content = "go", Request = $"r{state.Sequence + 1}" }, draft);
        foreach (var next in draft.Events)
        {
            state.Apply(next);
        }

        Apply(next => new ReplyCompleted(state.Reply!.Message, "stop", TokenUsage.None, At) { Sequence = next });
    }

    private void Apply(Func<long, ConversationEvent> make) => state.Apply(make(state.Sequence + 1));
}
