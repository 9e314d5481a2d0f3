namespace OrleansChat.Conversations;

internal sealed partial class ConversationGrain
{
    public Task<Message?> GetMessage(OwnerId caller, string id) =>
        Task.FromResult(Visible(caller) is null ? null : MessagePages.Find(state, id));

    public Task<string?> MessageOf(OwnerId caller, string request) =>
        Task.FromResult(Visible(caller) is null ? null : state.FindRequest(request)?.Message);

    public async Task<AppendResult> Append(OwnerId caller, AppendMessages request)
    {
        await SettleAsync();
        if (Visible(caller) is null)
        {
            return new AppendResult.NotFound();
        }

        if (appends.Answer(request) is { } answer)
        {
            return answer;
        }

        AppendResult? result = null;
        await AddChangeAsync(draft => result = appends.Store(request, draft));
        _ = CompactAsync();
        return result!;
    }

    public async Task<DeleteMessageResult> DeleteMessage(OwnerId caller, string id)
    {
        await SettleAsync();
        if (Visible(caller) is null)
        {
            return DeleteMessageResult.NotFound;
        }

        // Of what was taken out of the queue there is nothing to remove, but that it was there.
        if (state.WasDeleted(id) || (state.Messages.PositionOf(id) < 0 && !state.WasUnqueued(id)))
        {
            return state.WasDeleted(id) ? DeleteMessageResult.Deleted : DeleteMessageResult.NotFound;
        }

        if (state.IsInUse(id))
        {
            return DeleteMessageResult.Running;
        }

        await AddChangeAsync(draft => turns.Delete(id, draft));
        _ = CompactAsync();
        return DeleteMessageResult.Deleted;
    }
}
