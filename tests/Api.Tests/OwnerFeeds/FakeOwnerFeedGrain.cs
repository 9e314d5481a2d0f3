using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Owners;

namespace OrleansChat.Api.Tests.OwnerFeeds;

/// <summary>An owner's news as a test has it.</summary>
internal sealed class FakeOwnerFeedGrain : IOwnerFeedGrain
{
    /// <summary>Which news was the last.</summary>
    public NewsPosition Position { get; set; } = new("a", 0);

    /// <summary>What it fails with in place of an answer.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How often it was asked to be watched.</summary>
    public int Watches { get; private set; }

    /// <summary>Who watches.</summary>
    public Watcher? Watcher { get; private set; }

    public Task<NewsPosition?> Watch(OwnerId caller, Watcher watcher)
    {
        Watches++;
        Watcher = watcher;
        return Failure is null ? Task.FromResult<NewsPosition?>(Position) : Task.FromException<NewsPosition?>(Failure);
    }

    public Task Unwatch(OwnerId caller, Watcher watcher)
    {
        Watcher = null;
        return Task.CompletedTask;
    }

    public Task Announce(OwnerId caller, ConversationNews news) => throw new NotSupportedException();
}
