using OrleansChat.Conversations;
using OrleansChat.Delivery;

namespace OrleansChat.Owners;

/// <summary>Numbers an owner's news and hands it to the streams of the nodes that watch.</summary>
internal sealed class OwnerFeedGrain(DeliveryPublisher delivery, SiloWatches watches, SiloId silo, TimeProvider clock) : Grain, IOwnerFeedGrain
{
    private readonly Watchers watchers = new(clock, watches);
    private readonly string epoch = $"{Guid.CreateVersion7():n}";
    private long number;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // Who watched is told that he does not any more, and finds the next activation.
        watchers.Clear();
        return Task.CompletedTask;
    }

    public Task<NewsPosition?> Watch(OwnerId caller, Watcher watcher)
    {
        if (caller.Value != this.GetPrimaryKeyString())
        {
            return Task.FromResult<NewsPosition?>(null);
        }

        watchers.Renew(watcher);
        return Task.FromResult<NewsPosition?>(new NewsPosition(epoch, number) { WatchedOn = silo });
    }

    public Task Unwatch(OwnerId caller, Watcher watcher)
    {
        if (caller.Value == this.GetPrimaryKeyString())
        {
            watchers.Remove(watcher);
        }

        return Task.CompletedTask;
    }

    public Task Announce(OwnerId caller, ConversationNews news)
    {
        if (caller.Value == this.GetPrimaryKeyString())
        {
            var numbered = news with { Position = new NewsPosition(epoch, ++number) };
            watchers.Head = number;
            foreach (var node in watchers.Current())
            {
                delivery.Publish(
                    node, new DeliveryItem(new ConversationKey(caller, news.Id), DeliveryKind.OwnerNews, null) { News = numbered });
            }
        }

        return Task.CompletedTask;
    }
}
