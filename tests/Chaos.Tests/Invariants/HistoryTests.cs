using OrleansChat.Chaos.Clients;
using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Tests.Invariants;

public class HistoryTests
{
    [Fact]
    public void A_sound_history_has_nothing_wrong_with_it()
    {
        var story = Story.Usual().Asked("again").Started().Delta("half ").TakenOver("continued", 1).Delta("of it").Ended("completed")
            .Asked("once more").Started().Delta("wrong").TakenOver("restarted", 1).Delta("right").TakenOver("continued", 2).Ended("interrupted");

        var history = History.Read("c", story.Frames);

        Assert.Empty(history.Violations);
        Assert.Equal(["one two three four", "half of it", "right"], history.Replies.Select(reply => reply.Text));
        Assert.Equal(["reply.completed", "reply.completed", "reply.interrupted"], history.Replies.Select(reply => reply.End));
        Assert.Equal([0, 1, 2], history.Replies.Select(reply => reply.TakeOvers));
        Assert.Equal(
            [("user", "hello"), ("assistant", "one two three four"), ("user", "again")],
            history.Before(history.Replies.ElementAt(1)));
    }

    [Fact]
    public void A_gap_is_a_loss() => AssertBroken(ViolationKind.Lost, Story.Usual().Without(5));

    [Fact]
    public void The_same_event_again_is_doubled() => AssertBroken(ViolationKind.Doubled, Story.Usual().Told(1, 2, 3, 4, 5, 5, 6, 7, 8));

    [Fact]
    public void Another_event_under_an_old_sequence_is_out_of_order()
    {
        var other = Story.Merged(5, "msg_3", "TWO ");
        AssertBroken(ViolationKind.Reordered, [.. Story.Usual().Told(1, 2, 3, 4, 5), other, .. Story.Usual().Told(6, 7, 8)]);
    }

    [Fact]
    public void A_reply_that_has_not_ended_is_stuck_unless_it_may_still_run()
    {
        var open = Story.Usual().Told(1, 2, 3, 4);

        AssertBroken(ViolationKind.Stuck, open);
        Assert.Empty(History.Read("c", open, isOver: false).Violations);
    }

    [Fact]
    public void A_second_end_is_noticed() => AssertBroken(ViolationKind.EndedTwice, Story.Usual().Ended("interrupted").Frames);

    [Fact]
    public void A_delta_after_the_end_is_impossible() => AssertBroken(ViolationKind.Impossible, Story.Usual().Delta("more").Frames);

    [Fact]
    public void A_delta_of_another_reply_is_impossible() =>
        AssertBroken(ViolationKind.Impossible, new Story().Created().Asked("a").Started().Delta("x", message: "msg_9").Ended("completed").Frames);

    [Fact]
    public void Two_replies_at_once_are_impossible() =>
        AssertBroken(ViolationKind.Impossible, new Story().Created().Asked("a").Started().Started().Ended("completed", "msg_3").Frames);

    [Fact]
    public void A_message_into_a_running_reply_is_impossible() =>
        AssertBroken(ViolationKind.Impossible, new Story().Created().Asked("a").Started().Asked("b").Ended("completed", "msg_3").Frames);

    [Fact]
    public void An_attempt_that_does_not_rise_is_impossible() => AssertBroken(
        ViolationKind.Impossible,
        new Story().Created().Asked("a").Started().TakenOver("continued", 1).TakenOver("continued", 1).Ended("completed").Frames);

    [Fact]
    public void A_taking_over_without_a_reply_is_impossible() =>
        AssertBroken(ViolationKind.Impossible, Story.Usual().TakenOver("continued", 1).Frames);

    [Fact]
    public void What_is_no_event_is_impossible() =>
        AssertBroken(ViolationKind.Impossible, [.. Story.Usual().Frames, new Frame(9, "reply.delta", "{\"type\":"u8.ToArray(), 0)]);

    [Fact]
    public void A_type_that_the_frame_and_the_data_disagree_on_is_impossible()
    {
        var usual = Story.Usual().Frames;
        AssertBroken(ViolationKind.Impossible, [.. usual.Take(7), usual[7] with { Type = "reply.failed" }], isOver: false);
    }

    private static void AssertBroken(ViolationKind kind, IEnumerable<Frame> frames, bool isOver = true) =>
        Assert.Contains(kind, History.Read("c", frames, isOver).Violations.Select(violation => violation.Kind));
}
