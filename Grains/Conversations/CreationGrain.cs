using OrleansChat.Journal;

namespace OrleansChat.Conversations;

/// <summary>
/// One after the other, the creations of one name. What was created is found in the store, so nothing is kept here but the id of a
/// creation that is not known to have happened.
/// </summary>
internal sealed class CreationGrain(IConversationStore store, IGrainFactory grains, TimeProvider clock) : Grain, ICreationGrain
{
    private ConversationId? attempted;

    public Task<CreateResult> Create(OwnerId caller, CreateConversation request) =>
        CreateOnceAsync(caller, conversation => conversation.Create(caller, request));

    public Task<CreateResult> Import(OwnerId caller, ImportConversation request) =>
        CreateOnceAsync(caller, conversation => conversation.Import(caller, request));

    private async Task<CreateResult> CreateOnceAsync(OwnerId caller, Func<IConversationGrain, Task<CreateResult>> create)
    {
        if (this.GetPrimaryKeyString().Split('/') is not [var owner, var tail] || owner != caller.Value)
        {
            return new CreateResult.NotFound();
        }

        var id = await store.FindAsync(caller, tail, CancellationToken.None) ?? (attempted ??= ConversationId.New(clock, tail));
        var result = await create(grains.GetGrain<IConversationGrain>(new ConversationKey(caller, id).ToString()));
        DeactivateOnIdle();
        return result;
    }
}
