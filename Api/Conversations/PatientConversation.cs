namespace OrleansChat.Conversations;

/// <summary>A conversation as one caller sees it, with <see cref="Patience"/> for its silo.</summary>
internal sealed class PatientConversation(IConversationGrain grain, OwnerId caller, TimeProvider clock)
{
    /// <inheritdoc cref="IConversationGrain.Create"/>
    /// <remarks>The id is this request's own, so one that exists after a repetition is the one that was asked for.</remarks>
    public Task<CreateResult> CreateAsync(CreateConversation request) => CreateOnceAsync(() => grain.Create(caller, request));

    /// <inheritdoc cref="IConversationGrain.Import"/>
    /// <remarks>As with <see cref="CreateAsync"/>.</remarks>
    public Task<CreateResult> ImportAsync(ImportConversation request) => CreateOnceAsync(() => grain.Import(caller, request));

    /// <inheritdoc cref="IConversationGrain.Get"/>
    public Task<Conversation?> GetAsync() => Patience.ReadAsync(() => grain.Get(caller), clock);

    /// <inheritdoc cref="IConversationGrain.Update"/>
    public Task<UpdateResult> UpdateAsync(UpdateConversation change) => Patience.WriteAsync(_ => grain.Update(caller, change), clock);

    /// <inheritdoc cref="IConversationGrain.Delete"/>
    public Task<bool> DeleteAsync() => Patience.WriteAsync(async again => await grain.Delete(caller) || again, clock);

    /// <inheritdoc cref="IConversationGrain.GetMessages"/>
    public Task<MessagesResult> GetMessagesAsync(int limit, string? after) =>
        Patience.ReadAsync(() => grain.GetMessages(caller, limit, after), clock);

    /// <inheritdoc cref="IConversationGrain.Send"/>
    public Task<SendResult> SendAsync(SendMessage message)
    {
        var request = message with { Request = message.Request ?? $"{Guid.CreateVersion7():n}" };
        return Patience.WriteAsync(_ => grain.Send(caller, request), clock);
    }

    /// <inheritdoc cref="IConversationGrain.Cancel"/>
    public Task<Conversation?> CancelAsync() => Patience.WriteAsync(_ => grain.Cancel(caller), clock);

    private Task<CreateResult> CreateOnceAsync(Func<Task<CreateResult>> create) => Patience.WriteAsync(
        async again =>
        {
            var result = await create();
            return again && result is CreateResult.Exists && await grain.Get(caller) is { } created ? new CreateResult.Created(created) : result;
        },
        clock);
}
