using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Feeds;
using OrleansChat.OwnerFeeds;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.OwnerFeeds;

/// <summary>From where an owner's connection follows a conversation.</summary>
public class FollowedConversationTests
{
    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));
    private readonly FakeConversation grain = new();
    private readonly ConversationFeeds feeds;

    public FollowedConversationTests()
    {
        feeds = new ConversationFeeds(_ => grain, new FeedNumbers(new NodeId("here")), TimeProvider.System);
        grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3)));
    }

    [Fact]
    public async Task Who_wants_what_is_new_waits_until_the_grain_can_say_what_that_is()
    {
        grain.Away = 2;

        using var followed = await FollowedConversation.JoinAsync(feeds, key, after: null, TimeProvider.System, CancellationToken.None);

        // Two in vain, one to learn where the end is, one from there.
        Assert.Equal((3, 4), (followed.Sequence, grain.Watches));
    }

    [Fact]
    public async Task Nobody_is_asked_on_behalf_of_who_has_left()
    {
        using var connection = new CancellationTokenSource();
        grain.Gate = Task.Delay(Timeout.Infinite, connection.Token);
        var joining = FollowedConversation.JoinAsync(feeds, key, after: null, TimeProvider.System, connection.Token);

        await connection.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => joining);
        Assert.Equal(1, grain.Watches);
    }

    [Fact]
    public async Task Who_says_where_he_is_waits_for_nobody()
    {
        grain.Away = 1;

        using var followed = await FollowedConversation.JoinAsync(feeds, key, after: 2, TimeProvider.System, CancellationToken.None);

        Assert.Equal((2, 1), (followed.Sequence, grain.Watches));
    }
}
