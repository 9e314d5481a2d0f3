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

    public async Task<ConversationId?> Find(OwnerId caller)
    {
        var found = TailFor(caller) is { } tail ? await store.FindAsync(caller, tail, CancellationToken.None) : null;
        if (attempted is null)
        {
            DeactivateOnIdle();
        }

        return found;
    }

    private async Task<CreateResult> CreateOnceAsync(OwnerId caller, Func<IConversationGrain, Task<CreateResult>> create)
    {
        if (TailFor(caller) is not { } tail)
        {
            return new CreateResult.NotFound();
        }

        var id = await store.FindAsync(caller, tail, CancellationToken.None) ?? (attempted ??= ConversationId.New(clock, tail));
        var result = await create(grains.GetGrain<IConversationGrain>(new ConversationKey(caller, id).ToString()));
        DeactivateOnIdle();
        return result;
    }

    private string? TailFor(OwnerId caller) =>
        this.GetPrimaryKeyString().Split('/') is [var owner, var tail] && owner == caller.Value ? tail : null;
}
