using OrleansChat.Conversations;
using OrleansChat.Delivery;

namespace OrleansChat.Micro;

/// <summary>A conversation at event 3, of which nothing is ever fetched.</summary>
internal sealed class EmptyConversation : IConversationGrain
{
    public static readonly EmptyConversation Instance = new();

    public Task<ReadResult> Watch(OwnerId caller, Watcher watcher, long after) => Read(caller, after);

    public Task<ReadResult> Read(OwnerId caller, long after) =>
        Task.FromResult<ReadResult>(new ReadResult.Events([], 3, ConversationStatus.Replying));

    public Task Unwatch(OwnerId caller, Watcher watcher) => Task.CompletedTask;

    public Task<CreateResult> Create(OwnerId caller, CreateConversation request) => throw new NotSupportedException();

    public Task<CreateResult> Import(OwnerId caller, ImportConversation request) => throw new NotSupportedException();

    public Task<Conversation?> Get(OwnerId caller) => throw new NotSupportedException();

    public Task<UpdateResult> Update(OwnerId caller, UpdateConversation change) => throw new NotSupportedException();

    public Task<bool> Delete(OwnerId caller) => throw new NotSupportedException();

    public Task<bool> Expire(OwnerId caller, long head) => throw new NotSupportedException();

    public Task<MessagesResult> GetMessages(OwnerId caller, MessagesQuery query) => throw new NotSupportedException();

    public Task<Message?> GetMessage(OwnerId caller, string id) => throw new NotSupportedException();

    public Task<string?> MessageOf(OwnerId caller, string request) => throw new NotSupportedException();

    public Task<DeleteMessageResult> DeleteMessage(OwnerId caller, string id) => throw new NotSupportedException();

    public Task<AppendResult> Append(OwnerId caller, AppendMessages request) => throw new NotSupportedException();

    public Task<SendResult> Send(OwnerId caller, SendMessage message) => throw new NotSupportedException();

    public Task<SendResult> Regenerate(OwnerId caller, RegenerateReply request) => throw new NotSupportedException();

    public Task<MoveHeadResult> MoveHead(OwnerId caller, MoveHead request) => throw new NotSupportedException();

    public Task<MessageQueue?> GetQueue(OwnerId caller) => throw new NotSupportedException();

    public Task<bool> Unqueue(OwnerId caller, string message) => throw new NotSupportedException();

    public Task<CancelResult> Cancel(OwnerId caller, CancelReply request) => throw new NotSupportedException();
}
