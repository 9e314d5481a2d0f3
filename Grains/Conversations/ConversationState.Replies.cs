using OrleansChat.Events;

namespace OrleansChat.Conversations;

internal sealed partial class ConversationState
{
    private readonly PartialReply partial = new();
    private readonly Dictionary<string, BranchSummary> summaries = new(StringComparer.Ordinal);

    /// <summary>The running reply; null when none runs.</summary>
    public OpenReply? Reply { get; private set; }

    /// <summary>The running reply's text so far; empty when none runs.</summary>
    public string ReplyText => partial.Text;

    /// <summary>Whether the running reply has nothing but text so far, or nothing at all.</summary>
    public bool ReplyHasOnlyText => partial.HasOnlyText;

    /// <summary>What else the running reply has said so far: thoughts, calls of tools, a refusal; empty when none runs.</summary>
    public IReadOnlyCollection<string> ReplyBesideText => partial.BesideText;

    /// <summary>The sequence from which on the running reply has text; 0 when none runs.</summary>
    public long ReplyTextFrom => partial.First;

    /// <summary>The id of the reply that started last, whether or not it has ended; null before the first.</summary>
    public string? LastReply { get; private set; }

    /// <summary>At which sequence a reply was last cut short; 0 for none.</summary>
    public long LastCut { get; private set; }

    /// <summary>The summary that was made of a branch's beginning when a reply started; null when none was.</summary>
    public BranchSummary? SummaryOf(string reply) => summaries.GetValueOrDefault(reply);

    /// <summary>Whether a message cannot be deleted for now: it is the running reply, or what that replies to.</summary>
    public bool IsInUse(string message) => Reply is not null && (message == Reply.Message || message == tree.Find(Reply.Message)!.Parent);

    /// <summary>What the running reply had at a sequence; null when it has no event there, or not any more.</summary>
    public ReplyCut? CutAt(long sequence) => sequence <= Sequence ? partial.CutAt(sequence) : null;

    private void Start(ReplyStarted e)
    {
        if (Reply is not null)
        {
            throw new InvalidOperationException($"Event {e.Sequence} of {id} starts a reply while {Reply.Message} runs.");
        }

        queue.RemoveAll(queued => queued.Id == e.Message);
        Size += HistorySize.Of(e);
        Remember(e.Request, e.Message, e.Sequence, e.Fingerprint, e.Parent);
        firstReplies.TryAdd(e.Parent, e.Message);
        Reply = new OpenReply(e.Message, e.Model, e.At, Attempts: 0) { Options = e.Options };
        LastReply = e.Message;
        partial.Begin(e.Sequence);
        tree.Add(new Message
        {
            Id = e.Message,
            Parent = e.Parent,
            Role = MessageRole.Assistant,
            Content = "",
            Status = MessageStatus.InProgress,
            Sequence = e.Sequence,
            CreatedAt = e.At,
            Model = e.Model,
            Options = e.Options,
        });
    }

    private void TakeOver(ReplyTakenOver next)
    {
        ExpectRunning(next.Message);
        if (next is ReplyRestarted)
        {
            Reply = Reply! with { Attachment = null };
            partial.Begin(next.Sequence);
        }

        Reply = Reply! with
        {
            Attempts = next.Attempt,
            Spent = next.Usage?.Plus(Reply.Spent) ?? Reply.Spent,
            ContinuedFrom = partial.TextLength,
        };
    }

    private void Fit(ReplyContext next)
    {
        ExpectRunning(next.Message);
        var context = new MessageContext(next.DroppedMessages, next.FirstKept, next.Summarized, next.InputTokensEstimated);
        var position = tree.PositionOf(next.Message);
        tree[position] = tree[position] with { Context = context };
        Reply = Reply! with { Context = context };
        if (next is { Summary: { } summary, FirstKept: { } kept })
        {
            summaries[next.Message] = new BranchSummary(summary, kept);
        }
    }

    private void End(ReplyEnded end)
    {
        ExpectRunning(end.Message);
        var cut = end is ReplyCancelled { TextLength: { } length } e
            ? new ReplyCut(e.AtSequence ?? 0, length, e.ReasoningLength, e.RefusalLength)
            : null;
        var position = tree.PositionOf(end.Message);
        tree[position] = partial.In(tree[position], cut) with
        {
            Sequence = end.Sequence,
            Usage = end.Usage,
            Cost = end.Cost,
            FinishReason = (end as ReplyCompleted)?.FinishReason,
            Error = (end as ReplyFailed)?.Error,
            AnsweredBy = end.AnsweredBy == tree[position].Model ? null : end.AnsweredBy,
            Status = end switch
            {
                ReplyCompleted => MessageStatus.Completed,
                ReplyFailed => MessageStatus.Failed,
                ReplyCancelled => MessageStatus.Cancelled,
                _ => MessageStatus.Interrupted,
            },
        };
        Size += HistorySize.OfReply(tree[position]);
        LastCut = (end as ReplyCancelled)?.AtSequence ?? LastCut;
        Reply = null;
        partial.Clear();
    }

    private void ExpectRunning(string reply)
    {
        if (Reply?.Message != reply)
        {
            throw new InvalidOperationException(
                $"The event after {Sequence} of {id} belongs to {reply}, but {Reply?.Message ?? "no reply"} runs.");
        }
    }
}
