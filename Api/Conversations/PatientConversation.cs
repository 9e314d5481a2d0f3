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

    /// <inheritdoc cref="IConversationGrain.Expire"/>
    public Task<bool> ExpireAsync(long head) => Patience.WriteAsync(_ => grain.Expire(caller, head), clock);

    /// <summary>Takes a creation back whose first turn was refused: nobody is to find an empty conversation of it. What has gone on since stays.</summary>
    /// <param name="creation">The creation.</param>
    /// <param name="created">What it answered; by its name, which may have come before, this may be a conversation in use.</param>
    public Task TakeBackAsync(CreateConversation creation, Conversation created) => created.Sequence == 1 + creation.History.Length
        ? ExpireAsync(created.Sequence)
        : Task.CompletedTask;

    /// <inheritdoc cref="IConversationGrain.GetMessages"/>
    public Task<MessagesResult> GetMessagesAsync(MessagesQuery query) => Patience.ReadAsync(() => grain.GetMessages(caller, query), clock);

    /// <inheritdoc cref="IConversationGrain.GetMessage"/>
    public Task<Message?> GetMessageAsync(string id) => Patience.ReadAsync(() => grain.GetMessage(caller, id), clock);

    /// <inheritdoc cref="IConversationGrain.MessageOf"/>
    public Task<string?> MessageOfAsync(string request) => Patience.ReadAsync(() => grain.MessageOf(caller, request), clock);

    /// <inheritdoc cref="IConversationGrain.DeleteMessage"/>
    public Task<DeleteMessageResult> DeleteMessageAsync(string id) => Patience.WriteAsync(_ => grain.DeleteMessage(caller, id), clock);

    /// <inheritdoc cref="IConversationGrain.Append"/>
    public Task<AppendResult> AppendAsync(AppendMessages request)
    {
        var named = request with { Request = request.Request ?? NewRequest() };
        return Patience.WriteAsync(_ => grain.Append(caller, named), clock);
    }

    /// <inheritdoc cref="IConversationGrain.Send"/>
    public Task<SendResult> SendAsync(SendMessage message)
    {
        var request = message with { Request = message.Request ?? NewRequest() };
        return Patience.WriteAsync(_ => grain.Send(caller, request), clock);
    }

    /// <inheritdoc cref="IConversationGrain.Regenerate"/>
    public Task<SendResult> RegenerateAsync(RegenerateReply request)
    {
        var named = request with { Request = request.Request ?? NewRequest() };
        return Patience.WriteAsync(_ => grain.Regenerate(caller, named), clock);
    }

    /// <inheritdoc cref="IConversationGrain.MoveHead"/>
    public Task<MoveHeadResult> MoveHeadAsync(MoveHead request) => Patience.WriteAsync(_ => grain.MoveHead(caller, request), clock);

    /// <inheritdoc cref="IConversationGrain.GetQueue"/>
    public Task<MessageQueue?> GetQueueAsync() => Patience.ReadAsync(() => grain.GetQueue(caller), clock);

    /// <summary>A message, or what waits to become one. Of what leaves the queue just now, the message that it has become.</summary>
    /// <param name="id">The message's id.</param>
    /// <returns>Where it is; nowhere, where the caller has no such conversation.</returns>
    public async Task<FoundMessage> FindMessageAsync(string id)
    {
        if (await GetMessageAsync(id) is { } message)
        {
            return new FoundMessage(message, null);
        }

        return (await GetQueueAsync())?.Messages.FirstOrDefault(queued => queued.Id == id) is { } waiting
            ? new FoundMessage(null, waiting)

            // Between the two questions it may have left the queue, which nothing enters twice.
            : new FoundMessage(await GetMessageAsync(id), null);
    }

    /// <inheritdoc cref="IConversationGrain.Unqueue"/>
    public Task<bool> UnqueueAsync(string message) => Patience.WriteAsync(_ => grain.Unqueue(caller, message), clock);

    /// <inheritdoc cref="IConversationGrain.Cancel"/>
    /// <remarks>Without a name, it is the reply that runs when this is called.</remarks>
    public async Task<CancelResult> CancelAsync(CancelReply request)
    {
        // The reply is named before anything is asked for: by the time of a repetition the next one may run.
        if (request.Reply is null)
        {
            if (await GetAsync() is not { } conversation)
            {
                return new CancelResult.NotFound();
            }

            if (conversation.Reply is null && request.At is null)
            {
                // Nothing runs, and what begins from now on is not what was to be stopped.
                return new CancelResult.Done(conversation);
            }

            request = request with { Reply = conversation.Reply };
        }

        return await Patience.WriteAsync(_ => grain.Cancel(caller, request), clock);
    }

    private Task<CreateResult> CreateOnceAsync(Func<Task<CreateResult>> create) => Patience.WriteAsync(
        async again =>
        {
            var result = await create();
            return again && result is CreateResult.Exists && await grain.Get(caller) is { } created ? new CreateResult.Created(created) : result;
        },
        clock);

    private static string NewRequest() => $"{Guid.CreateVersion7():n}";
}
