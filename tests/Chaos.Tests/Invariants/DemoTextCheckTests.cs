using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Tests.Invariants;

public class DemoTextCheckTests
{
    private const string Question = "hello [demo: tokens=20]";

    private static readonly string[] Pieces = [.. DemoTextCheck.Pieces(("user", Question))];

    [Fact]
    public void The_models_own_words_are_right() => Assert.Empty(Check(Tell(Pieces).Ended("completed")));

    [Fact]
    public void They_are_right_however_often_somebody_went_on_with_them() =>
        Assert.Empty(Check(Tell(Tell(Pieces[..7]).TakenOver("continued", 1), Pieces[7..]).Ended("completed")));

    [Fact]
    public void They_are_right_after_a_new_beginning() =>
        Assert.Empty(Check(Tell(Tell(Pieces[..7]).TakenOver("restarted", 1), Pieces).Ended("completed")));

    [Fact]
    public void A_piece_twice_where_somebody_went_on_is_wrong() =>
        AssertWrong(Tell(Tell(Pieces[..7]).TakenOver("continued", 1), Pieces[6..]).Ended("completed"));

    [Fact]
    public void A_piece_left_out_where_somebody_went_on_is_wrong() =>
        AssertWrong(Tell(Tell(Pieces[..7]).TakenOver("continued", 1), Pieces[8..]).Ended("completed"));

    [Fact]
    public void A_new_beginning_that_nobody_was_told_of_is_wrong() => AssertWrong(Tell(Tell(Pieces[..7]), Pieces).Ended("completed"));

    [Fact]
    public void What_is_cut_short_is_wrong_only_if_it_says_that_it_is_complete()
    {
        AssertWrong(Tell(Pieces[..19]).Ended("completed"));
        Assert.Empty(Check(Tell(Pieces[..19]).Ended("interrupted")));
    }

    private static Story Tell(string[] pieces) => Tell(new Story().Created().Asked(Question).Started(), pieces);

    private static Story Tell(Story story, string[] pieces) => pieces.Aggregate(story, (told, piece) => told.Delta(piece));

    private static IEnumerable<Violation> Check(Story story)
    {
        var history = History.Read("c", story.Frames);
        Assert.Empty(history.Violations);
        return DemoTextCheck.Check("c", history);
    }

    private static void AssertWrong(Story story) => Assert.Equal(ViolationKind.WrongText, Assert.Single(Check(story)).Kind);
}
