using OrleansChat.Events;

namespace OrleansChat.Conversations;

internal sealed partial class ConversationGrain
{
    public Task<MessagesResult> GetMessages(OwnerId caller, MessagesQuery query) =>
        Task.FromResult(Visible(caller) is null ? new MessagesResult.NotFound() : MessagePages.Read(state, query));

    public async Task<MoveHeadResult> MoveHead(OwnerId caller, MoveHead request)
    {
        await SettleAsync();
        if (Visible(caller) is not { } conversation)
        {
            return new MoveHeadResult.NotFound();
        }

        if (state.Messages.PositionOf(request.Message) < 0)
        {
            return new MoveHeadResult.UnknownMessage();
        }

        var head = request.ToLeaf ? state.Messages.NewestAfter(request.Message) : request.Message;
        if (head == state.Messages.Head)
        {
            // Also when the call is repeated, and then the head is no longer the one that was expected.
            return new MoveHeadResult.Moved(conversation);
        }

        if (!turns.IsExpected(request.Expected))
        {
            return new MoveHeadResult.Unexpected(state.Messages.Head);
        }

        await AddChangeAsync(draft => draft.Add(new HeadMoved(head, draft.Now) { Sequence = draft.NextSequence }));
        return new MoveHeadResult.Moved(state.Conversation!);
    }
}
