namespace OrleansChat.Conversations;

internal sealed partial class ConversationGrain
{
    public async Task<bool> Expire(OwnerId caller, long head) =>
        Visible(caller) is { Status: ConversationStatus.Idle } current
        && current.Sequence == head
        && journal.NextSequence == head + 1
        && await Delete(caller);
}
