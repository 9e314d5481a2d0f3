using OrleansChat.Models.Demo;

namespace OrleansChat.Silo.Tests.Models.Demo;

public sealed class DemoPiecesTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData(" ", new[] { " " })]
    [InlineData("Hello, world!", new[] { "Hello", ",", " world", "!" })]
    [InlineData("a  b", new[] { "a", "  ", "b" })]
    [InlineData("## One\n\n- two", new[] { "#", "#", " One", "\n", "\n", "-", " two" })]
    [InlineData("incomprehensible", new[] { "incompre", "hensible" })]
    [InlineData("ok 👍🏽", new[] { "ok", " 👍", "🏽" })]
    [InlineData("𝒜𝒷", new[] { "𝒜𝒷" })]
    [InlineData("שלום עולם", new[] { "שלום", " עולם" })]
    public void Split_GivesWordsAndSingleCharacters(string text, string[] pieces)
    {
        Assert.Equal(pieces, DemoPieces.Split(text));
        Assert.Equal(pieces.Length, DemoPieces.Count(text));
    }

    [Fact]
    public void Split_KeepsHalfOfASurrogatePair() => Assert.Equal(["a", "\ud83d", "b"], DemoPieces.Split("a\ud83db"));
}
