using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using OrleansChat.OwnerFeeds;
using OrleansChat.Requests;

namespace OrleansChat.Api.Tests.OwnerFeeds;

public sealed class OwnerCursorTests
{
    private const string Conversation = "conv_01k9xf2q6r3m8t5v0w7y1z4b2c";

    [Fact]
    public void A_cursor_reads_back_as_it_was_written()
    {
        var cursor = new OwnerCursor(
            DateTimeOffset.FromUnixTimeMilliseconds(1_763_704_212_480), ImmutableSortedDictionary<string, long>.Empty.Add(Conversation, 41));

        Assert.True(OwnerCursor.TryParse(cursor.ToString(), out var read));
        Assert.Equal(cursor.Since, read.Since);
        Assert.Equal(cursor.Followed.AsEnumerable(), read.Followed);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2;1763704212480")]
    [InlineData("1;-1")]
    [InlineData("1;999999999999999999")]
    [InlineData("1;1;conv_x=1")]
    [InlineData($"1;1;{Conversation}=-1")]
    [InlineData($"1;1;{Conversation}=1;{Conversation}=2")]
    public void What_is_no_cursor_is_refused(string text) =>
        Assert.False(OwnerCursor.TryParse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text)), out _));

    [Theory]
    [InlineData("")]
    [InlineData("41")]
    [InlineData("§§§§")]
    public void What_is_not_even_encoded_is_refused(string text) => Assert.False(OwnerCursor.TryParse(text, out _));

    [Fact]
    public void The_longest_cursor_that_is_written_can_be_read()
    {
        var followed = Enumerable.Range(0, Limits.Followed).ToImmutableSortedDictionary(
            i => $"conv_01k9xf2q6r3m8t5v0w7y1z4b2{i}", _ => long.MaxValue, StringComparer.Ordinal);

        Assert.True(OwnerCursor.TryParse(new OwnerCursor(DateTimeOffset.MaxValue, followed).ToString(), out _));
    }
}
