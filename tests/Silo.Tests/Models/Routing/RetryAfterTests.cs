using OrleansChat.Models.Routing;

namespace OrleansChat.Silo.Tests.Models.Routing;

public sealed class RetryAfterTests
{
    private const string Noon = "Tue, 01 Jan 2030 12:00:00 GMT";
    private const string HalfAMinuteLater = "Tue, 01 Jan 2030 12:00:30 GMT";

    [Theory]
    [InlineData("7", 7d)]
    [InlineData("0", 0d)]
    [InlineData("0.25", 0.25)]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("-3", null)]
    [InlineData("soon", null)]
    [InlineData("2030-01-01T12:00:30Z", null)]
    public void Seconds(string? value, double? seconds) =>
        Assert.Equal(seconds, RetryAfter.Read(value, date: null, DateTimeOffset.UnixEpoch)?.TotalSeconds);

    [Fact]
    public void MoreSecondsThanThereAre_IsTheLongestTime() =>
        Assert.Equal(TimeSpan.MaxValue, RetryAfter.Read("1" + new string('0', 300), date: null, DateTimeOffset.UnixEpoch));

    [Fact]
    public void Date_IsCountedFromTheAnswersOwn_HoweverWrongOurClockIs()
    {
        foreach (var ours in new[] { DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue })
        {
            Assert.Equal(30, RetryAfter.Read(HalfAMinuteLater, Noon, ours)?.TotalSeconds);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("yesterday")]
    public void DateInAnAnswerWithoutOne_IsCountedFromOurClock(string? date) =>
        Assert.Equal(20, RetryAfter.Read(HalfAMinuteLater, date, new(2030, 1, 1, 12, 0, 10, TimeSpan.Zero))?.TotalSeconds);

    [Fact]
    public void DateThatIsOver_IsNow() => Assert.Equal(TimeSpan.Zero, RetryAfter.Read(Noon, HalfAMinuteLater, DateTimeOffset.UnixEpoch));
}
