using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;
using OrleansChat.Context;
using OrleansChat.Delivery;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Limiting;
using OrleansChat.Models;
using OrleansChat.Owners;
using OrleansChat.Replies;
using OrleansChat.Telemetry;
using OrleansChat.Titles;

namespace OrleansChat.Conversations;

/// <summary>
/// A conversation. This file is what callers ask of it as a whole, <c>ConversationGrain.Turns.cs</c> what they have replied to, and
/// <c>ConversationGrain.Branches.cs</c> and <c>ConversationGrain.Messages.cs</c> what they ask of its messages; <c>ConversationGrain.Lifetime.cs</c> is how it comes and goes,
/// and <c>ConversationGrain.Replies.cs</c> how it replies.
/// </summary>
/// <remarks>
/// Placed by counting activations, each new one at once. By the silos' load, which is Orleans' default and seconds old when it is looked at,
/// all who come within a second come to the same silo.
/// </remarks>
[ActivationCountBasedPlacement]
internal sealed partial class ConversationGrain(
    IConversationStore store,
    JournalWriter writer,
    DeliveryPublisher delivery,
    SiloWatches watches,
    SiloId silo,
    IModelCatalog catalog,
    RunningReplies replies,
    ReplyWatch replyWatch,
    LostConversations lost,
    IOptions<TakeOverOptions> budget,
    IOptions<LimitOptions> limits,
    LocalOwner local,
    TitleMaker titles,
    PromptFitter fitter,
    TimeProvider clock,
    ILogger<ConversationGrain> logger) : Grain, IConversationGrain
{
    /// <summary>
    /// About how many bytes of events one read returns: well below what Orleans sends in one message without pain, and below what .NET keeps until a
    /// full collection (85,000 bytes). Hundreds of readers who fall behind at once each read a page.
    /// </summary>
    internal const int PageBytes = 64 * 1024;

    private readonly Watchers watchers = new(clock, watches);
    private RecentEvents recent = new();
    private ConversationKey key;
    private ConversationState state = null!;
    private ConversationJournal journal = null!;
    private Turns turns = null!;
    private Appends appends = null!;

    // Null where its owner's replies are not limited, and nobody has to be asked.
    private ReplyLease? lease;

    public async Task<CreateResult> Create(OwnerId caller, CreateConversation request)
    {
        if (caller != key.Owner)
        {
            return new CreateResult.NotFound();
        }

        if (state.Conversation is { } existing)
        {
            return Repeated(existing, request.Request, request.Fingerprint);
        }

        if (FindModel(request.Model) is not { } model)
        {
            return new CreateResult.UnknownModel(KnownModels());
        }

        ImmutableArray<PrecedingMessage> history = [.. request.History.Select(PrecedingMessage.Of)];
        if (state.IsFull(limits.Value, HistorySize.Of(request.Title, request.System, request.Metadata) + HistorySize.Of(history)))
        {
            return new CreateResult.HistoryFull(MostHistory);
        }

        var now = clock.GetUtcNow();
        journal.Add(new ConversationCreated(
            request.Title, model.Info.Id, request.System, request.Metadata, now, request.Request, request.Fingerprint)
        {
            Sequence = journal.NextSequence,
            Transient = request.Transient,
        });
        string? parent = null;
        foreach (var past in history)
        {
            parent = AddMessage(past, parent, now);
        }

        await CommitAsync();
        if (request.Title is not null || !request.History.IsEmpty)
        {
            _ = CompactAsync();
        }

        return new CreateResult.Created(state.Conversation!);
    }

    public Task<Conversation?> Get(OwnerId caller) => Task.FromResult(Visible(caller));

    public async Task<bool> Delete(OwnerId caller)
    {
        if (Visible(caller) is null)
        {
            return false;
        }

        await EndForDeletionAsync();
        bool deleted;
        try
        {
            deleted = await store.DeleteAsync(key, CancellationToken.None);
        }
        catch (StorageUnavailableException)
        {
            // It lives on, and the reply that was abandoned needs an end: leaving writes it.
            DeactivateOnIdle();
            throw;
        }

        journal.Settle();
        if (state.Reply is { } open)
        {
            StopProvider(open);
        }

        if (!state.IsTransient)
        {
            _ = AnnounceAsync(new ConversationNews(NewsKind.Deleted, key.Id, Conversation: null));
        }

        Begin();
        foreach (var node in watchers.Current())
        {
            delivery.Publish(node, new DeliveryItem(key, DeliveryKind.Deleted, null));
        }

        DeactivateOnIdle();
        return deleted;
    }

    public async Task<ReadResult> Watch(OwnerId caller, Watcher watcher, long after)
    {
        if (Visible(caller) is not null)
        {
            watchers.Renew(watcher);
        }

        var result = await Read(caller, after);
        return result is ReadResult.Events events ? events with { WatchedOn = silo } : result;
    }

    public Task Unwatch(OwnerId caller, Watcher watcher)
    {
        if (caller == key.Owner)
        {
            watchers.Remove(watcher);
        }

        return Task.CompletedTask;
    }

    public async Task<ReadResult> Read(OwnerId caller, long after)
    {
        if (Visible(caller) is not { } current)
        {
            return new ReadResult.NotFound();
        }

        if (after > current.Sequence)
        {
            return new ReadResult.BeyondHead(current.Sequence);
        }

        if (after == current.Sequence)
        {
            return new ReadResult.Events([], current.Sequence, current.Status);
        }

        if (recent.TryRead(after, out var blocks))
        {
            JournalInstruments.ReplayedFromMemory();
            return new ReadResult.Events(blocks, current.Sequence, current.Status);
        }

        JournalInstruments.ReplayedFromStore();
        var page = await store.ReadAsync(key, after, PageBytes, CancellationToken.None);
        if (page is null || Visible(caller) is not { } now)
        {
            return new ReadResult.NotFound();
        }

        // What the store has and this activation has not applied yet comes with the next read: head and status must agree.
        var applied = page.Blocks.Select(block => block.Through(now.Sequence)).OfType<EventBlock>().ToImmutableArray();
        return new ReadResult.Events(applied, now.Sequence, now.Status);
    }

    private CreateResult Repeated(Conversation existing, string? request, string? fingerprint) =>
        request is null || state.Creation is null ? new CreateResult.Exists()
        : fingerprint != state.Creation.Fingerprint ? new CreateResult.OtherRequest()
        : new CreateResult.Created(existing);

    private Conversation? Visible(OwnerId caller)
    {
        journal.Settle();
        if (state.Conversation is null)
        {
            // Nobody may fill the memory with grains by asking for conversations that do not exist.
            DeactivateOnIdle();
        }

        return caller == key.Owner ? state.Conversation : null;
    }

    private HistoryLimits MostHistory => new(limits.Value.HistoryMessages, limits.Value.HistoryBytes);

    private Model? FindModel(string? name) =>
        name is null ? catalog.Models[0] : catalog.TryGet(name, out var model) ? model : null;

    private ImmutableArray<string> KnownModels() => [.. catalog.Models.Select(model => model.Info.Id)];

    private string AddMessage(PrecedingMessage message, string? parent, DateTimeOffset at)
    {
        var id = $"msg_{journal.NextSequence}";
        journal.Add(message.ToEvent(id, parent, at, journal.NextSequence));
        return id;
    }
}
