using System.Text;
using OrleansChat.Events;

namespace OrleansChat.Search;

/// <summary>Gathers the texts of messages from their events: of a reply, when it ends. Thinking, and what goes to and from tools, does not count. Pure.</summary>
public sealed class MessageTexts
{
    private readonly StringBuilder reply = new();

    /// <summary>The message that an event makes whole, or deletes; null where it does neither.</summary>
    public MessageText? Next(EventLine line)
    {
        switch (line.Type)
        {
            case EventType.ReplyDelta or EventType.DeltaRun:
                reply.Append(line.Text);
                return null;
            case EventType.ReplyStarted or EventType.ReplyRestarted:
                reply.Clear();
                return null;
            case EventType.MessageCreated when line.Parse() is MessageCreated message:
                return message.Content.Length == 0 ? null : new MessageText(message.Message, line.Last, message.Content);
            case EventType.MessageDeleted when line.Parse() is MessageDeleted gone:
                return new MessageText(gone.Message, line.Last, Text: null);
            case var type when type.IsReplyEnd() && line.Parse() is ReplyEnded end:
                var text = reply.ToString(0, (end as ReplyCancelled)?.TextLength is { } length && length < reply.Length ? length : reply.Length);
                reply.Clear();
                return text.Length == 0 ? null : new MessageText(end.Message, line.Last, text);
            default:
                return null;
        }
    }
}
