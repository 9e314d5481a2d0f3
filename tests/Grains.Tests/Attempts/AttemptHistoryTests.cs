using OrleansChat.Attempts;

namespace OrleansChat.Grains.Tests.Attempts;

/// <summary>Which attempt a request repeats.</summary>
public class AttemptHistoryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    private readonly AttemptHistory history = new();

    [Fact]
    public void A_first_attempt_is_a_new_request_however_many_like_it_there_were()
    {
        Make("a", 0, 0);

        Assert.Null(history.RepeatedBy(0, After(1)));
    }

    [Fact]
    public void A_counted_repetition_repeats_the_newest_attempt()
    {
        Make("a", 0, 0);
        Make("b", 0, 1);

        Assert.Equal("b", history.RepeatedBy(1, After(2))!.Name);
    }

    [Fact]
    public void Two_clients_that_repeat_at_once_repeat_an_attempt_each()
    {
        Make("a", 0, 0);
        Make("b", 0, 0);

        history.RepeatedBy(1, After(1))!.Make("x", 1, After(1));
        var other = history.RepeatedBy(1, After(1))!;
        other.Make("y", 1, After(1));

        Assert.Equal("a", other.Name);
        Assert.Null(history.RepeatedBy(1, After(1)));
        Assert.NotNull(history.RepeatedBy(2, After(1)));
    }

    [Fact]
    public void An_attempt_is_forgotten_ten_minutes_after_it_was_last_repeated()
    {
        Make("a", 0, 0);
        history.RepeatedBy(1, After(599))!.Make("x", 1, After(599));

        Assert.Equal("a", history.RepeatedBy(2, After(599 + 600))!.Name);
        Assert.Null(history.RepeatedBy(2, After(599 + 601)));
    }

    [Fact]
    public void One_that_does_not_count_repeats_what_was_lost_for_as_long_as_that_is_expected()
    {
        Make("a", null, 0);
        Assert.Null(history.RepeatedBy(null, After(1)));

        history.Named("a")!.Lose(After(60), isReplay: false);

        Assert.Equal("a", history.RepeatedBy(null, After(60))!.Name);
        Assert.Null(history.RepeatedBy(null, After(61)));
    }

    [Fact]
    public void What_was_lost_is_repeated_once_unless_it_is_lost_again()
    {
        Make("a", null, 0);
        history.Named("a")!.Lose(After(60), isReplay: false);
        history.RepeatedBy(null, After(2))!.Make("x", null, After(2));

        Assert.Null(history.RepeatedBy(null, After(3)));
    }

    [Fact]
    public void A_call_that_is_repeated_is_known()
    {
        Make("a", 0, 0);

        Assert.Equal("a", history.CalledBy("call a")!.Name);
        Assert.Null(history.CalledBy("call b"));
    }

    [Fact]
    public void What_is_found_later_is_older_where_it_is()
    {
        Make("b", 0, 10);
        history.Add(new Attempt("a", After(5)));

        Assert.Equal("b", history.RepeatedBy(1, After(11))!.Name);
    }

    private static DateTimeOffset After(int seconds) => Now.AddSeconds(seconds);

    private void Make(string name, int? retry, int seconds)
    {
        var attempt = new Attempt(name, After(seconds));
        attempt.Make($"call {name}", retry, After(seconds));
        history.Add(attempt);
    }
}
