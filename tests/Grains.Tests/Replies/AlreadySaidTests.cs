using OrleansChat.Replies;

namespace OrleansChat.Grains.Tests.Replies;

public sealed class AlreadySaidTests
{
    [Theory]
    [InlineData("", new[] { "a", "b" }, "ab")]
    [InlineData("one two", new[] { "one two" }, "")]
    [InlineData("one two", new[] { "one two three" }, " three")]
    [InlineData("one two", new[] { "o", "ne", " tw", "o th", "ree", " four" }, " three four")]
    [InlineData("👩‍🚀", new[] { "👩‍🚀👩‍🚀" }, "👩‍🚀")]
    public void TextThatIsToldAgain_IsLeftOutExactly(string said, string[] pieces, string expected)
    {
        var already = new AlreadySaid(said);

        Assert.Equal(expected, string.Concat(pieces.Select(already.Next)));
        Assert.True(already.IsOver);
    }

    [Theory]
    [InlineData("one two", new[] { "one", " too" })]
    [InlineData("one two", new[] { "One two three" })]
    [InlineData("e\u0301", new[] { "é" })]
    public void AnotherText_IsToldApart(string said, string[] pieces)
    {
        var already = new AlreadySaid(said);

        Assert.Contains(null, pieces.Select(already.Next).ToList());
    }

    [Fact]
    public void TextThatIsNotToldToItsEnd_IsNotOver()
    {
        var already = new AlreadySaid("one two");

        Assert.Equal("", already.Next("one"));
        Assert.False(already.IsOver);
    }
}
