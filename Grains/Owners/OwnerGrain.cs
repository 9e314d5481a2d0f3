using System.Collections.Immutable;
using Orleans.Concurrency;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Search;
using OrleansChat.Usage;

namespace OrleansChat.Owners;

/// <summary>
/// Answers from the store; holds nothing, so there can be several on each silo. Not more than a few: whoever searches again and again, for what takes long,
/// keeps nobody but himself from the store.
/// </summary>
[StatelessWorker(QuestionsAtOnce)]
internal sealed class OwnerGrain(IConversationStore store) : Grain, IOwnerGrain
{
    // Of the sixteen connections that a silo has for all owners.
    private const int QuestionsAtOnce = 4;

    public async Task<ConversationPage> List(OwnerId caller, int limit, ConversationId? after)
    {
        if (!IsOwner(caller))
        {
            return new ConversationPage([], HasMore: false);
        }

        var found = await store.ListAsync(caller, limit + 1, after, CancellationToken.None);
        return found.Length > limit
            ? new ConversationPage(found[..limit], HasMore: true)
            : new ConversationPage(found, HasMore: false);
    }

    public async Task<ConversationPage> ListNewer(OwnerId caller, int limit, ConversationId before)
    {
        if (!IsOwner(caller))
        {
            return new ConversationPage([], HasMore: false);
        }

        var found = await store.ListNewerAsync(caller, limit + 1, before, CancellationToken.None);
        return found.Length > limit
            ? new ConversationPage(found[1..], HasMore: true)
            : new ConversationPage(found, HasMore: false);
    }

    public async Task<SearchPage?> Search(OwnerId caller, string words, int limit, ConversationId? after)
    {
        if (!SearchQuery.TryParse(words, out var query))
        {
            return null;
        }

        return IsOwner(caller) ? await store.SearchAsync(caller, query, limit, after, CancellationToken.None) : new SearchPage([], Next: null);
    }

    public async Task<ImmutableArray<UsageRow>> GetUsage(OwnerId caller, DateOnly from, DateOnly to) =>
        IsOwner(caller) ? await store.ReadUsageAsync(caller, from, to, CancellationToken.None) : [];

    private bool IsOwner(OwnerId caller) => caller.Value == this.GetPrimaryKeyString();
}
