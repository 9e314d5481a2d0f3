namespace OrleansChat.Conversations;

internal sealed partial class Turns
{
    /// <summary>
    /// The answer to a turn that was accepted before, or cannot be; null for one that is to begin, or, while a reply runs, to do
    /// as its policy says.
    /// </summary>
    public SendResult? Answer(Turn turn)
    {
        if (turn.Request is not null && state.FindRequest(turn.Request) is { } known)
        {
            return Answer(turn, known);
        }

        if (!IsExpected(turn.Expected))
        {
            return new SendResult.UnexpectedHead(state.Messages.Head);
        }

        if ((turn.Again ?? turn.Parent) is { } named && state.Messages.PositionOf(named) < 0)
        {
            return new SendResult.UnknownMessage();
        }

        if (turn.Again is not null && (QuestionOf(turn.Again) is not { } asked || IsUnanswered(asked)))
        {
            return new SendResult.NoReply();
        }

        if (turn.Again is null && RefuseAnswers(turn) is { } refusal)
        {
            return refusal;
        }

        if (!knows(ModelOf(turn)))
        {
            return new SendResult.UnknownModel([]);
        }

        if (state.IsFull(limits, HistorySize.Of(turn)))
        {
            return new SendResult.HistoryFull(new HistoryLimits(limits.HistoryMessages, limits.HistoryBytes));
        }

        return state.Reply is not { } running ? null
            : turn.OnBusy == BusyPolicy.Reject ? new SendResult.Busy(running.Message)
            : turn.OnBusy == BusyPolicy.Queue && state.Queue.Count >= limits.QueuedMessages ? new SendResult.QueueFull(limits.QueuedMessages)
            : null;
    }

    /// <summary>Whether the head is one of those expected; an empty list expects any.</summary>
    public bool IsExpected(IReadOnlyCollection<string> expected) =>
        expected.Count == 0 || expected.Contains(state.Messages.Head ?? Conversation.NoHead);

    private SendResult? Answer(Turn turn, KnownRequest known)
    {
        if (known.Fingerprint != turn.Fingerprint)
        {
            return new SendResult.OtherRequest();
        }

        if (state.Queue.FirstOrDefault(queued => queued.Id == known.Message) is { } waiting)
        {
            return waiting.Role != MessageRole.Assistant
                ? new SendResult.Queued(waiting.Id, null, known.Sequence)
                : new SendResult.Queued(waiting.Parent!, waiting.Id, known.Sequence);
        }

        if (state.WasUnqueued(known.Message))
        {
            return new SendResult.Unqueued();
        }

        if (known.Question is not null)
        {
            return new SendResult.Accepted(known.Question, known.Message, known.Sequence);
        }

        if (state.FirstReplyTo(known.Message) is { } reply)
        {
            return new SendResult.Accepted(known.Message, reply, known.Sequence);
        }

        // What it waited for may have been deleted since.
        if (state.IsPartialAnswer(known.Message) || state.WasDeleted(known.Message))
        {
            return new SendResult.Stored(known.Message, known.Sequence, IdsOf(OpenCalls.After(state.Messages, known.Message)));
        }

        return state.Reply is { } running ? new SendResult.Busy(running.Message)
            : knows(ModelOf(turn)) ? null
            : new SendResult.UnknownModel([]);
    }

    // Whether a message is an answer of tools to a reply that waits for others.
    private bool IsUnanswered(string message) =>
        state.Messages.Find(message)?.Role == MessageRole.Tool && !OpenCalls.After(state.Messages, message).IsEmpty;

    private SendResult.UnknownCall? RefuseAnswers(Turn turn)
    {
        if (turn.ToolResults.IsEmpty && turn.Preceding.IsEmpty)
        {
            return null;
        }

        var open = OpenCalls.After(OpenCalls.After(state.Messages, ParentOf(turn)), turn.Preceding, out var unknown);
        unknown ??= OpenCalls.FirstUnknown(open, turn.ToolResults);
        return unknown is null ? null : new SendResult.UnknownCall(unknown, IdsOf(open));
    }
}
