using OrleansChat.Conversations;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Conversations;

public class LostConversationsTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));

    [Fact]
    public void IsRecent_LostForFiveSeconds_ThenForgotten()
    {
        var lost = new LostConversations(clock);
        Assert.False(lost.IsRecent(key));

        lost.Add(key);
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.True(lost.IsRecent(key));

        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(lost.IsRecent(key));
    }
}
