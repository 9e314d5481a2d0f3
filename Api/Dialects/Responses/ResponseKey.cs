using System.Diagnostics.CodeAnalysis;
using OrleansChat.Conversations;
using OrleansChat.Owners;

namespace OrleansChat.Dialects.Responses;

/// <summary>
/// Which response: a reply, by its own id; or the first reply to a message, by that message's, for one that has no id yet because it waits in the queue.
/// </summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Message">The id of the reply, or of the message.</param>
internal readonly record struct ResponseKey(ConversationKey Conversation, string Message)
{
    private const string Prefix = "resp_";

    /// <summary>The response's id.</summary>
    public string Id => ReplyId.Of(Prefix, Conversation.Id, Message);

    /// <summary>The sequence before that of the first event which concerns the response.</summary>
    public long Before => new ReplyId(Conversation.Id, Message).Before;

    /// <summary>Reads a response's id, which is one of the caller's; false when it is malformed, so that there can be none.</summary>
    public static bool TryParse(HttpContext context, [NotNullWhen(true)] string? text, out ResponseKey key)
    {
        var parsed = ReplyId.TryParse(Prefix, text, out var id);
        key = parsed ? new ResponseKey(new ConversationKey(context.Owner(), id.Conversation), id.Message) : default;
        return parsed;
    }
}
