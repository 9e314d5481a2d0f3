using OrleansChat.Context;

namespace OrleansChat.Grains.Tests.Context;

public sealed class ContextFitterTests
{
    [Theory]
    [InlineData("sys:5 user:10 other:10 user:10 other:10 user:10", 55, 0, 55)]
    [InlineData("sys:5 user:10 other:10 user:10 other:10 user:10", 54, 3, 35)]
    [InlineData("sys:5 user:10 other:10 user:10 other:10 user:10", 35, 3, 35)]
    [InlineData("sys:5 user:10 other:10 user:10 other:10 user:10", 34, 5, 15)]
    [InlineData("other:10 user:10", 15, 1, 10)]
    [InlineData("user:10 sys:3 user:10", 13, 2, 13)]
    public void Whole_turns_go_oldest_first_and_the_systems_messages_stay(string items, long budget, int start, long tokens)
    {
        var fit = ContextFitter.Fit(Items(items), budget);

        Assert.True(fit.Fits);
        Assert.Equal((Math.Max(start, Items(items)[0].Role == ContextRole.System ? 1 : 0), tokens), (fit.Start, fit.Tokens));
    }

    [Fact]
    public void Turns_that_share_a_call_stay_or_go_together()
    {
        // The user speaks before the tool has answered.
        var items = Items("user:10 other:10:call=a user:10 other:10:result=a other:10 user:10");

        Assert.Equal(new ContextFit(0, 60, Fits: true), ContextFitter.Fit(items, 60));
        Assert.Equal(new ContextFit(5, 10, Fits: true), ContextFitter.Fit(items, 59));
    }

    [Fact]
    public void A_result_belongs_to_the_newest_call_of_its_id()
    {
        var items = Items("user:10 other:10:call=0 other:10:result=0 user:10 other:10:call=0 other:10:result=0");

        Assert.Equal(new ContextFit(3, 30, Fits: true), ContextFitter.Fit(items, 59));
    }

    [Fact]
    public void The_last_turn_stays_also_where_it_does_not_fit()
    {
        Assert.Equal(new ContextFit(3, 35, Fits: false), ContextFitter.Fit(Items("sys:5 user:10 other:10 user:10 other:20"), 34));
        Assert.Equal(new ContextFit(0, 9, Fits: false), ContextFitter.Fit(Items("sys:9"), 8));
        Assert.Equal(new ContextFit(0, 0, Fits: true), ContextFitter.Fit([], 0));
    }

    private static List<ContextItem> Items(string text) => [.. text.Split(' ').Select(Item)];

    private static ContextItem Item(string text)
    {
        var parts = text.Split(':', '=');
        var item = new ContextItem(
            parts[0] switch { "sys" => ContextRole.System, "user" => ContextRole.User, _ => ContextRole.Other },
            long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
        return parts.Length == 2 ? item : parts[2] == "call" ? item with { Calls = [parts[3]] } : item with { Results = [parts[3]] };
    }
}
