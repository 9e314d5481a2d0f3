using OrleansChat.Events;

namespace OrleansChat.Streaming;

/// <summary>The reply with whose end a stream ends, though others may run and end before it.</summary>
/// <param name="message">The message that it replies to, which may wait in the queue.</param>
/// <param name="reply">The reply; null where it has no id yet, and is the first to that message.</param>
/// <param name="seen">The sequence up to which the caller has seen the events, and need not get them again.</param>
internal sealed class AwaitedReply(string message, string? reply, long seen)
{
    /// <summary>The reply's id; null as long as it has none.</summary>
    public string? Reply { get; private set; } = reply;

    /// <summary>The sequence up to which the caller has seen the events.</summary>
    public long Seen => seen;

    /// <summary>Whether the reply ends with this event, or never comes.</summary>
    public bool EndsWith(EventLine line)
    {
        if (line.Type == EventType.ReplyStarted && Reply is null)
        {
            var started = (ReplyStarted)line.Parse();
            Reply = started.Parent == message ? started.Message : null;
        }

        return line.Type == EventType.MessageUnqueued
            ? ((MessageUnqueued)line.Parse()).Message == (Reply ?? message)
            : line.Type.IsReplyEnd() && ((ReplyEnded)line.Parse()).Message == Reply;
    }
}
