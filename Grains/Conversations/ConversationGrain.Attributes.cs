using OrleansChat.Events;

namespace OrleansChat.Conversations;

internal sealed partial class ConversationGrain
{
    public async Task<UpdateResult> Update(OwnerId caller, UpdateConversation change)
    {
        await SettleAsync();
        if (Visible(caller) is not { } current)
        {
            return new UpdateResult.NotFound();
        }

        if (change.Model is not null && !catalog.TryGet(change.Model, out _))
        {
            return new UpdateResult.UnknownModel(KnownModels());
        }

        var updated = current with
        {
            Title = change.SetTitle ? change.Title : current.Title,
            Model = change.Model ?? current.Model,
            System = change.SetSystem ? change.System : current.System,
            Metadata = change.Metadata ?? current.Metadata,
        };
        if (state.IsFull(limits.Value, HistorySize.Of(updated.Title, updated.System, updated.Metadata)))
        {
            return new UpdateResult.HistoryFull(MostHistory);
        }

        await SetAttributesAsync(updated);
        _ = CompactAsync();
        return new UpdateResult.Updated(state.Conversation!);
    }

    // An event has all attributes: whoever changes one has to know what the others are, and so that no other change of them is under way.
    private Task SetAttributesAsync(Conversation to) => AddChangeAsync(draft =>
        draft.Add(new ConversationUpdated(to.Title, to.Model, to.System, to.Metadata, draft.Now) { Sequence = draft.NextSequence }));
}
