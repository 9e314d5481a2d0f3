using OrleansChat.Conversations;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Conversations;

public class IdTests
{
    [Fact]
    public void Ids_are_unique_parse_and_sort_by_creation()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => ConversationId.New(TimeProvider.System)).ToArray();

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(ids, ids.OrderBy(id => id.Value, StringComparer.Ordinal));
        Assert.All(ids, id =>
        {
            Assert.True(ConversationId.TryParse(id.Value, out var parsed));
            Assert.Equal(id, parsed);
        });
    }

    [Fact]
    public void An_id_of_a_given_tail_can_be_told_by_it_and_sorts_by_its_time()
    {
        var clock = new ManualTimeProvider();
        var tail = ConversationId.TailOf((UInt128.One << 100) + 31);
        var (older, newer) = (ConversationId.New(clock, tail), ConversationId.New(Later(clock), tail));

        Assert.Equal(("000000000000000z", tail, tail), (tail, older.Tail, newer.Tail));
        Assert.True(string.CompareOrdinal(older.Value, newer.Value) < 0);
        Assert.Throws<ArgumentException>(() => ConversationId.New(clock, "too short"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("conv_")]
    [InlineData("conv_01JDKX0000000000000000000A")]
    [InlineData("conv_01jdkx0000000000000000000")]
    [InlineData("conv_01jdkx000000000000000000000")]
    [InlineData("conv_01jdkx00000000000000/../00")]
    [InlineData("chat_01jdkx00000000000000000000")]
    [InlineData("conv_0ijdkx00000000000000000000")]
    public void What_is_no_conversation_id_does_not_parse(string? text) => Assert.False(ConversationId.TryParse(text, out _));

    [Theory]
    [InlineData("local", true)]
    [InlineData("ann.lee@example.org", true)]
    [InlineData("0", true)]
    [InlineData("", false)]
    [InlineData(".", false)]
    [InlineData("..", false)]
    [InlineData("a/b", false)]
    [InlineData("a~b", false)]
    [InlineData("ä", false)]
    [InlineData("a b", false)]
    public void Owner_ids_are_safe_as_names_of_folders(string text, bool valid) => Assert.Equal(valid, OwnerId.TryParse(text, out _));

    private static ManualTimeProvider Later(ManualTimeProvider clock)
    {
        clock.Advance(TimeSpan.FromMilliseconds(1));
        return clock;
    }

    [Fact]
    public void A_key_is_owner_and_id()
    {
        var key = new ConversationKey(OwnerId.Local, ConversationId.New(TimeProvider.System));

        Assert.True(ConversationKey.TryParse(key.ToString(), out var parsed));
        Assert.Equal(key, parsed);
        Assert.False(ConversationKey.TryParse("local", out _));
        Assert.False(ConversationKey.TryParse("local/" + key, out _));
    }
}
