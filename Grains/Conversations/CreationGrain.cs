using OrleansChat.Journal;

namespace OrleansChat.Conversations;

/// <summary>
/// One after the other, the creations of one name. What was created is found in the store, so nothing is kept here but the id of a
/// creation that is not known to have happened.
/// </summary>
internal sealed class CreationGrain(IConversationStore store, IGrainFactory grains, TimeProvider clock) : Grain, ICreationGrain
{
    private ConversationId? attempted;

    public async Task<CreateResult> Create(OwnerId caller, CreateConversation request)
    {
        if (this.GetPrimaryKeyString().Split('/') is not [var owner, var tail] || owner != caller.Value)
        {
            return new CreateResult.NotFound();
        }

        var id = await store.FindAsync(caller, tail, CancellationToken.None) ?? (attempted ??= ConversationId.New(clock, tail));
        var result = await grains.GetGrain<IConversationGrain>(new ConversationKey(caller, id).ToString()).Create(caller, request);
        DeactivateOnIdle();
        return result;
    }
}
