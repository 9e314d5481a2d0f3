using OrleansChat.Chaos.Clients;
using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Tests.Invariants;

public class LiveCheckTests
{
    private readonly Story story = Story.Usual();

    [Fact]
    public void Who_got_every_event_lacks_nothing() => Assert.Empty(Compare(story.Frames, mayMerge: false));

    [Fact]
    public void Who_got_deltas_merged_lacks_nothing() =>
        Assert.Empty(Compare([.. story.Told(1, 2, 3, 4), Story.Merged(6, "msg_3", "two three "), .. story.Told(7, 8)]));

    [Fact]
    public void Deltas_may_be_merged_only_where_that_was_asked_for() => Assert.Equal(
        [ViolationKind.Lost],
        Compare([.. story.Told(1, 2, 3, 4), Story.Merged(6, "msg_3", "two three "), .. story.Told(7, 8)], mayMerge: false));

    [Fact]
    public void A_delta_left_out_is_lost() => Assert.Equal([ViolationKind.Diverged], Compare(story.Without(5)));

    [Fact]
    public void An_event_left_out_is_lost()
    {
        Assert.Equal([ViolationKind.Lost], Compare(story.Without(3)));
        Assert.Equal([ViolationKind.Lost], Compare([.. story.Told(1), .. story.Frames.Skip(2)]));
    }

    [Fact]
    public void An_event_that_was_merged_away_is_lost()
    {
        var taken = new Story().Created().Asked("a").Started().Delta("x").TakenOver("restarted", 1).Delta("y").Ended("completed");
        var history = History.Read("c", taken.Frames);

        var found = LiveCheck.Compare("c", [.. taken.Told(1, 2, 3), Story.Merged(6, "msg_3", "xy"), .. taken.Told(7)], history, mayMerge: true, toEnd: true);

        Assert.Equal([ViolationKind.Lost], found.Select(violation => violation.Kind));
    }

    [Fact]
    public void The_same_again_is_doubled() => Assert.Equal([ViolationKind.Doubled], Compare(story.Told(1, 2, 3, 4, 4, 5, 6, 7, 8)));

    [Fact]
    public void A_merged_delta_that_repeats_what_came_before_is_out_of_order() =>
        Assert.Equal([ViolationKind.Diverged], Compare([.. story.Told(1, 2, 3, 4), Story.Merged(6, "msg_3", "one two three "), .. story.Told(7, 8)]));

    [Fact]
    public void An_older_event_after_a_newer_one_is_out_of_order() =>
        Assert.Contains(ViolationKind.Reordered, Compare([.. story.Told(1, 2, 3, 4, 5, 6), Story.Merged(5, "msg_3", "other"), .. story.Told(7, 8)]));

    [Fact]
    public void Another_text_under_the_same_sequence_is_another_history() =>
        Assert.Equal([ViolationKind.Diverged], Compare([.. story.Told(1, 2, 3, 4, 5, 6), Story.Merged(7, "msg_3", "five"), .. story.Told(8)]));

    [Fact]
    public void Another_end_under_the_same_sequence_is_another_history()
    {
        var other = new Story().Created().Asked("hello").Started().Delta("one ").Delta("two ").Delta("three ").Delta("four").Ended("interrupted");
        Assert.Equal([ViolationKind.Diverged], Compare(other.Frames));
    }

    [Fact]
    public void What_was_seen_and_is_no_longer_there_was_taken_back() =>
        Assert.Equal([ViolationKind.Diverged], Compare([.. story.Frames, Story.Merged(9, "msg_3", "more")]));

    [Fact]
    public void Who_was_told_nothing_of_the_end_has_lost_it()
    {
        Assert.Equal([ViolationKind.Lost], Compare(story.Told(1, 2, 3, 4, 5)));
        Assert.Empty(Compare(story.Told(1, 2, 3, 4, 5), toEnd: false));
        Assert.Equal([ViolationKind.Lost], Compare([]));
    }

    [Fact]
    public void Another_node_has_to_replay_the_same_bytes()
    {
        var history = History.Read("c", story.Frames);

        Assert.Empty(ReplayCheck.Compare("c", history, story.Frames));
        Assert.Equal([ViolationKind.Diverged], ReplayCheck.Compare("c", history, story.Told(1, 2, 3, 4, 5, 6, 7)).Select(violation => violation.Kind));
        Assert.Equal(
            [ViolationKind.Diverged],
            ReplayCheck.Compare("c", history, [.. story.Told(1, 2, 3, 4, 5, 6), Story.Merged(7, "msg_3", "five"), .. story.Told(8)]).Select(violation => violation.Kind));
    }

    private ViolationKind[] Compare(IReadOnlyList<Frame> seen, bool mayMerge = true, bool toEnd = true) =>
        [.. LiveCheck.Compare("c", seen, History.Read("c", story.Frames), mayMerge, toEnd).Select(violation => violation.Kind)];
}
