using Orleans.Concurrency;
using OrleansChat.Delivery;

namespace OrleansChat.Conversations;

/// <summary>
/// A conversation: the one writer of its journal. The grain's key is a <see cref="ConversationKey"/>.
/// Every call names its caller; to anybody but the owner the conversation does not exist.
/// Reads and <see cref="Cancel"/> interleave, so that a running reply or a slow append never blocks them,
/// and answer from committed events only.
/// </summary>
/// <remarks>
/// Any call can throw <see cref="StorageUnavailableException"/> when the journal cannot be written or read, and
/// <see cref="ConversationMovingException"/> when the silo is about to stop.
/// The call can be repeated then, as after a timeout: what was accepted is not accepted twice.
/// </remarks>
[Alias("OrleansChat.IConversationGrain")]
public interface IConversationGrain : IGrainWithStringKey
{
    /// <summary>
    /// How long a caller waits for an answer. One that takes longer is likelier lost than slow, with a silo that was killed: it is
    /// given up, and every call can be repeated. A repeated call waits behind the first where that is still at work.
    /// </summary>
    internal const string CallTimeout = "00:00:02.5";

    /// <summary>How long a caller waits for an import, which is many messages in one.</summary>
    internal const string ImportTimeout = "00:00:15";

    /// <summary>Creates the conversation. Who repeats the call for a key of his own making is told that it exists.</summary>
    [Alias("Create"), ResponseTimeout(CallTimeout)]
    Task<CreateResult> Create(OwnerId caller, CreateConversation request);

    /// <summary>Creates the conversation with a history of its own. Who repeats the call is told that it exists, as with <see cref="Create"/>.</summary>
    [Alias("Import"), ResponseTimeout(ImportTimeout)]
    Task<CreateResult> Import(OwnerId caller, ImportConversation request);

    /// <summary>The conversation as committed; null when it does not exist for this caller.</summary>
    [Alias("Get"), AlwaysInterleave, ResponseTimeout(CallTimeout)]
    Task<Conversation?> Get(OwnerId caller);

    /// <summary>Changes attributes; also while a reply runs, which then keeps the model and prompt that it started with.</summary>
    [Alias("Update"), ResponseTimeout(CallTimeout)]
    Task<UpdateResult> Update(OwnerId caller, UpdateConversation change);

    /// <summary>Ends a running reply without a trace and removes the journal; false when there was none for this caller.</summary>
    [Alias("Delete"), ResponseTimeout(CallTimeout)]
    Task<bool> Delete(OwnerId caller);

    /// <summary>Deletes the conversation if it is idle and its newest event is still the one at a sequence; false if not.</summary>
    [Alias("Expire"), ResponseTimeout(CallTimeout)]
    Task<bool> Expire(OwnerId caller, long head);

    /// <summary>A page of the messages of a branch, or of all.</summary>
    [Alias("GetMessages"), AlwaysInterleave, ResponseTimeout(CallTimeout)]
    Task<MessagesResult> GetMessages(OwnerId caller, MessagesQuery query);

    /// <summary>One message, as <see cref="GetMessages"/> has it; null when there is none with this id for this caller.</summary>
    [Alias("GetMessage"), AlwaysInterleave, ResponseTimeout(CallTimeout)]
    Task<Message?> GetMessage(OwnerId caller, string id);

    /// <summary>
    /// The id of the message, or of the other reply, that a named request made; of several, the last one's. It may wait in the queue, or be gone
    /// by now. Null when there was no such request for this caller.
    /// </summary>
    [Alias("MessageOf"), AlwaysInterleave, ResponseTimeout(CallTimeout)]
    Task<string?> MessageOf(OwnerId caller, string request);

    /// <summary>
    /// Stores messages without having them replied to. A request that was accepted before gets the same answer again, and nothing else
    /// happens.
    /// </summary>
    [Alias("Append"), ResponseTimeout(CallTimeout)]
    Task<AppendResult> Append(OwnerId caller, AppendMessages request);

    /// <summary>
    /// Removes one message: it is not shown, listed, found or told to a model any more. What followed it follows what it followed. The journal goes on
    /// to have it until the conversation is deleted. Can be repeated. So can what was taken out of the queue be deleted, which only its
    /// events tell of.
    /// </summary>
    [Alias("DeleteMessage"), ResponseTimeout(CallTimeout)]
    Task<DeleteMessageResult> DeleteMessage(OwnerId caller, string id);

    /// <summary>
    /// Stores a user's message and starts the reply to it. Returns when both are durable, before the first token; or when the
    /// message is durable in the queue; or, of what tools have answered, when it is durable and other calls are open. A request that
    /// was accepted before gets the same answer again, and nothing else happens.
    /// </summary>
    [Alias("Send"), ResponseTimeout(CallTimeout)]
    Task<SendResult> Send(OwnerId caller, SendMessage message);

    /// <summary>Starts another reply to a message, beside those that it has. Everything else is as with <see cref="Send"/>.</summary>
    [Alias("Regenerate"), ResponseTimeout(CallTimeout)]
    Task<SendResult> Regenerate(OwnerId caller, RegenerateReply request);

    /// <summary>Makes another branch the active one; also while a reply runs, which is not disturbed.</summary>
    [Alias("MoveHead"), ResponseTimeout(CallTimeout)]
    Task<MoveHeadResult> MoveHead(OwnerId caller, MoveHead request);

    /// <summary>What waits, in line; null when the conversation does not exist for this caller.</summary>
    [Alias("GetQueue"), AlwaysInterleave, ResponseTimeout(CallTimeout)]
    Task<MessageQueue?> GetQueue(OwnerId caller);

    /// <summary>Takes one out of the queue, unless somebody has; false when it has started, or never waited there, or not for this caller.</summary>
    [Alias("Unqueue"), ResponseTimeout(CallTimeout)]
    Task<bool> Unqueue(OwnerId caller, string message);

    /// <summary>
    /// Stops the running reply, if any, and answers once its end is durable. What waits in the queue is not touched, and the first
    /// of it starts. Safe to repeat for a reply that is named.
    /// </summary>
    [Alias("Cancel"), AlwaysInterleave, ResponseTimeout(CallTimeout)]
    Task<CancelResult> Cancel(OwnerId caller, CancelReply request);

    /// <summary>
    /// Asks for delivery of coming events to a node's stream for the length of a lease
    /// (<see cref="DeliveryStream.WatchLease"/>; repeat to renew, or compare with all that the silo has, by <see cref="ISiloWatchesGrain"/>) and
    /// returns what lies after a cursor.
    /// </summary>
    [Alias("Watch"), AlwaysInterleave, ResponseTimeout(CallTimeout)]
    Task<ReadResult> Watch(OwnerId caller, Watcher watcher, long after);

    /// <summary>Ends a lease early, unless another feed of the node has renewed it since. The feed's last reader has left.</summary>
    [Alias("Unwatch"), AlwaysInterleave, ResponseTimeout(CallTimeout)]
    Task Unwatch(OwnerId caller, Watcher watcher);

    /// <summary>Returns what lies after a cursor, without watching.</summary>
    [Alias("Read"), AlwaysInterleave, ResponseTimeout(CallTimeout)]
    Task<ReadResult> Read(OwnerId caller, long after);
}
