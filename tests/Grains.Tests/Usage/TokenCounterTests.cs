using OrleansChat.Usage;

namespace OrleansChat.Grains.Tests.Usage;

public sealed class TokenCounterTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("a", 1)]
    [InlineData("four", 1)]
    [InlineData("fours", 2)]
    [InlineData("Why is the sky blue?", 5)]
    [InlineData("日本語", 3)]
    [InlineData("한국어", 3)]
    [InlineData("привет!!", 4)]
    [InlineData("€€€€", 3)]
    [InlineData("😀", 1)]
    public void A_token_is_four_bytes_or_a_character_of_Chinese_Japanese_or_Korean(string text, long tokens) =>
        Assert.Equal(tokens, TokenCounter.Count(text));

    [Fact]
    public void Where_a_text_is_cut_makes_no_difference()
    {
        const string Text = "Ünïcode, 日本語, 😀😀 and words";
        for (var cut = 0; cut <= Text.Length; cut++)
        {
            var counter = default(TokenCounter);
            counter.Add(Text.AsSpan(0, cut));
            counter.Add(Text.AsSpan(cut));
            Assert.Equal(TokenCounter.Count(Text), counter.Tokens);
        }
    }
}
