using OrleansChat.Dialects.DurableStreams;

namespace OrleansChat.Api.Tests.Dialects.DurableStreams;

public class StreamOffsetTests
{
    [Theory]
    [InlineData("-1", 0, false)]
    [InlineData("now", 0, true)]
    [InlineData("0000000000000041", 41, false)]
    [InlineData("41", 41, false)]
    public void What_readers_send_is_a_position(string text, long sequence, bool isNow)
    {
        Assert.True(StreamOffset.TryParse(text, out var offset));
        Assert.Equal((sequence, isNow), (offset.Sequence, offset.IsNow));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-2")]
    [InlineData("+1")]
    [InlineData(" 1")]
    [InlineData("1,2")]
    [InlineData("NOW")]
    [InlineData("00000000000000041")]
    public void Anything_else_is_none(string? text) => Assert.False(StreamOffset.TryParse(text, out _));

    [Fact]
    public void Texts_sort_as_positions_do()
    {
        long[] positions = [0, 1, 9, 10, 99, 100, 12_345, 9_999_999_999_999_999];

        var texts = positions.Select(StreamOffset.Of).ToArray();

        Assert.Equal(texts, texts.Order(StringComparer.Ordinal));
        Assert.All(positions, position => Assert.True(StreamOffset.TryParse(StreamOffset.Of(position), out var back) && back.Sequence == position));
    }
}
