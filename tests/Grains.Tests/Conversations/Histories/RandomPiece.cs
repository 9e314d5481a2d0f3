using OrleansChat.Events;

namespace OrleansChat.Grains.Tests.Conversations.Histories;

/// <summary>A random piece of a reply, from which both sides make what they understand.</summary>
/// <param name="Kind">Text, thinking, a refusal, or a piece of a tool call.</param>
/// <param name="Text">The piece.</param>
/// <param name="Call">Which call it belongs to.</param>
internal sealed record RandomPiece(EventType Kind, string Text, int Call)
{
    public void AddTo(ModelMessage reply)
    {
        switch (Kind)
        {
            case EventType.ReplyDelta:
                reply.Text += Text;
                break;
            case EventType.ReplyReasoning:
                reply.Thought += Text;
                break;
            case EventType.ReplyRefusal:
                reply.Refusal += Text;
                break;
            default:
                if (Call == reply.Calls.Count)
                {
                    reply.Calls.Add("");
                }

                reply.Calls[Call] += Text;
                break;
        }
    }

    /// <summary>The event, in a reply that has some calls already.</summary>
    public ConversationEvent ToEvent(string reply, int calls, long sequence) => Kind switch
    {
        EventType.ReplyDelta => new ReplyDelta(reply, Text) { Sequence = sequence },
        EventType.ReplyReasoning => new ReplyReasoning(reply, Text) { Sequence = sequence },
        EventType.ReplyRefusal => new ReplyRefusal(reply, Text) { Sequence = sequence },
        _ when Call == calls => new ReplyToolCall(reply, Call, Text, $"{reply}-{Call}", "f") { Sequence = sequence },
        _ => new ReplyToolCall(reply, Call, Text) { Sequence = sequence },
    };
}
