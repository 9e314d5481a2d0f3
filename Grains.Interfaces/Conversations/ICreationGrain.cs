namespace OrleansChat.Conversations;

/// <summary>
/// Creates one conversation at most for a request that may come again, by its owner's name for it. The grain's key is
/// <c>owner/tail</c>: the tail, a hash of that name, is how the conversation's id ends.
/// </summary>
[Alias("OrleansChat.ICreationGrain")]
public interface ICreationGrain : IGrainWithStringKey
{
    /// <summary>Creates the conversation, or finds the one that the request created before, as it is now.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="request">The request, with its name.</param>
    [Alias("Create"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<CreateResult> Create(OwnerId caller, CreateConversation request);

    /// <summary>The conversation that a request of this name created; null where there is none, or not for this caller.</summary>
    [Alias("Find"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<ConversationId?> Find(OwnerId caller);

    /// <summary>Imports the conversation, or finds the one that the request imported before, as it is now.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="request">The request, with its name.</param>
    [Alias("Import"), ResponseTimeout(IConversationGrain.ImportTimeout)]
    Task<CreateResult> Import(OwnerId caller, ImportConversation request);
}
