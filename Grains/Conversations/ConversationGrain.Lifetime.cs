using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OrleansChat.Delivery;
using OrleansChat.Events;
using OrleansChat.Limiting;

namespace OrleansChat.Conversations;

internal sealed partial class ConversationGrain
{
    // A memory stream's cache holds items in blocks of 1 MiB, and a batch carries up to one full item more than its limit.
    private const int MaxDeliveredBytes = 512 * 1024;

    // Here the events stay on this silo, and every page is a round trip to the store.
    private const int LoadedPageBytes = 1024 * 1024;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!ConversationKey.TryParse(this.GetPrimaryKeyString(), out key))
        {
            throw new InvalidOperationException($"'{this.GetPrimaryKeyString()}' is not a conversation's key; it is owner/id.");
        }

        if (await local.LimitsOfAsync(key.Owner, cancellationToken) is { HasOnReplies: true } owners)
        {
            lease = new ReplyLease(GrainFactory.GetGrain<IOwnerLimitsGrain>(key.Owner.Value), key, owners, clock, logger);
        }

        Begin();
        var loose = await LoadAsync(cancellationToken);
        watchers.Head = state.Sequence;
        journal = new ConversationJournal(key, state.Sequence, writer, clock, Tell, Settle);
        if (state.Reply is { } open)
        {
            if (lost.IsRecent(key))
            {
                throw new ConversationMovingException();
            }

            await TakeOverAsync(open);
        }
        else if (state.Queue.Count > 0)
        {
            // A crash tore the append that ended one reply and started the next.
            await AddChangeAsync(turns.StartNext);
        }

        if (loose || (state.Reply is null && state.Conversation is not null))
        {
            // Also where only the search may have missed something, of which nothing but the store knows.
            _ = CompactAsync();
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await AbandonReplyAsync();
        journal.Settle();
        if (journal.IsFenced)
        {
            lost.Add(key);
        }

        // Where something waits, the next activation ends the reply, and starts what waits with it.
        if (state.Reply is { } open && state.Queue.Count == 0 && !journal.IsBroken && !MayBeTakenOver(open))
        {
            try
            {
                // Readers need not wait until somebody asks for the conversation again.
                await TakeOverAsync(open).WaitAsync(cancellationToken);
            }
            catch (Exception e) when (e is StorageUnavailableException or OperationCanceledException)
            {
                LogNotInterrupted(logger, e, key);
            }
        }

        foreach (var node in watchers.Current())
        {
            delivery.Publish(node, new DeliveryItem(key, DeliveryKind.Refresh, null));
        }

        watchers.Clear();
        journal.Dispose();
    }

    private void Begin()
    {
        state = new ConversationState(key.Id);
        turns = new Turns(state, name => catalog.TryGet(name, out _), limits.Value);
        appends = new Appends(state, limits.Value);
    }

    // True if pieces of an ended reply are stored one by one.
    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var loose = false;
        while (await store.ReadAsync(key, state.Sequence, LoadedPageBytes, cancellationToken) is { Blocks.Length: > 0 } page)
        {
            try
            {
                loose |= Apply(page.Blocks);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw new InvalidDataException($"The journal of {key} cannot be understood after event {state.Sequence}: {e.Message}", e);
            }
        }

        return loose;
    }

    private bool Apply(ImmutableArray<EventBlock> blocks)
    {
        var loose = false;
        foreach (var block in blocks)
        {
            foreach (var line in block)
            {
                state.Apply(line);
                loose |= line.Type.IsContent() && !line.Type.IsRun();
            }
        }

        return loose;
    }

    private async Task CommitAsync()
    {
        try
        {
            await journal.CommitAsync();
        }
        catch (StorageUnavailableException)
        {
            // What this activation believes and what the journal says may differ now. The next one reads it anew.
            DeactivateOnIdle();
            throw;
        }
    }

    // On the thread of the group commit.
    private void Tell(EventBlock block)
    {
        watchers.Head = block.Last;
        var nodes = watchers.Current();
        if (nodes.Length == 0)
        {
            return;
        }

        var news = block.Lines.Length <= MaxDeliveredBytes
            ? new DeliveryItem(key, DeliveryKind.Events, block)
            : new DeliveryItem(key, DeliveryKind.Refresh, null);
        foreach (var node in nodes)
        {
            delivery.Publish(node, news);
        }
    }

    private void Settle(ImmutableArray<ConversationEvent> events, EventBlock block)
    {
        foreach (var next in events)
        {
            state.Apply(next);
        }

        Announce(events);
        recent.Add(block);
    }

    [LoggerMessage(LogLevel.Warning, "The running reply of {Conversation} could not be ended; the next activation does it.")]
    private static partial void LogNotInterrupted(ILogger logger, Exception exception, ConversationKey conversation);
}
