using OrleansChat.Dialects.DurableStreams;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Dialects.DurableStreams;

public class CollapsingCursorTests
{
    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2024, 10, 9, 0, 1, 59, TimeSpan.Zero));
    private readonly Random random = new(1);

    [Theory]
    [InlineData(null)]
    [InlineData(0L)]
    [InlineData(4L)]
    public void Who_is_behind_gets_the_interval_that_it_is(long? known) => Assert.Equal(5, CollapsingCursor.Next(known, clock, random));

    [Theory]
    [InlineData(5L)]
    [InlineData(1_000_000L)]
    public void Who_is_not_behind_gets_a_greater_number_by_up_to_an_hour(long known)
    {
        var steps = Enumerable.Range(0, 1_000).Select(_ => CollapsingCursor.Next(known, clock, random) - known).ToArray();

        Assert.All(steps, step => Assert.InRange(step, 1, 180));
        Assert.True(steps.Distinct().Count() > 100);
    }
}
