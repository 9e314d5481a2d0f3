using OrleansChat.Replies;

namespace OrleansChat.Grains.Tests.Replies;

public class TextPiecesTests
{
    [Fact]
    public void Halves_of_a_pair_go_out_together()
    {
        var pieces = new TextPieces();

        Assert.Equal("a", pieces.Next("a\ud83d"));
        Assert.Equal("", pieces.Next(""));
        Assert.Equal("\ud83d\ude00b", pieces.Next("\ude00b"));
        Assert.Equal("", pieces.Last());
    }

    [Fact]
    public void A_half_that_stays_alone_becomes_the_replacement_character()
    {
        var pieces = new TextPieces();

        Assert.Equal("", pieces.Next("\ud83d"));
        Assert.Equal("\uFFFD", pieces.Last());
    }
}
