using Orleans.Concurrency;
using OrleansChat.Conversations;
using OrleansChat.Journal;

namespace OrleansChat.Owners;

/// <summary>Answers from the store; holds nothing, so there can be one per silo and as many as calls need.</summary>
[StatelessWorker]
internal sealed class OwnerGrain(IConversationStore store) : Grain, IOwnerGrain
{
    public async Task<ConversationPage> List(OwnerId caller, int limit, ConversationId? after)
    {
        if (caller.Value != this.GetPrimaryKeyString())
        {
            return new ConversationPage([], HasMore: false);
        }

        var found = await store.ListAsync(caller, limit + 1, after, CancellationToken.None);
        return found.Length > limit
            ? new ConversationPage(found[..limit], HasMore: true)
            : new ConversationPage(found, HasMore: false);
    }
}
