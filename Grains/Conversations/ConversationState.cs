using System.Text;
using OrleansChat.Events;

namespace OrleansChat.Conversations;

/// <summary>A conversation's content as its events tell it. Pure: changes only in <see cref="Apply(ConversationEvent)"/>.</summary>
internal sealed class ConversationState(ConversationId id)
{
    private readonly MessageTree tree = new();
    private readonly PartialReply partial = new();
    private readonly List<QueuedMessage> queue = [];
    private readonly HashSet<string> unqueued = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnownRequest> requests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> firstReplies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BranchSummary> summaries = new(StringComparer.Ordinal);

    /// <summary>The conversation; null before its first event.</summary>
    public Conversation? Conversation { get; private set; }

    /// <summary>The request that created the conversation; null where it had no name.</summary>
    public KnownRequest? Creation { get; private set; }

    /// <summary>The sequence of the newest event; 0 before the first.</summary>
    public long Sequence => Conversation?.Sequence ?? 0;

    /// <summary>All messages, the running reply without its text.</summary>
    public MessageTree Messages => tree;

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

    /// <summary>What waits, the next first.</summary>
    public IReadOnlyList<QueuedMessage> Queue => queue;

    /// <summary>Takes in one event.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow what came before.</exception>
    public void Apply(ConversationEvent next)
    {
        if (next.Sequence != Sequence + 1)
        {
            throw new InvalidOperationException($"Event {next.Sequence} of {id} does not follow event {Sequence}.");
        }

        switch (next)
        {
            case ConversationCreated { Request: not null } e:
                Creation = new KnownRequest("", e.Sequence, e.Fingerprint);
                break;
            case MessageCreated e:
                Add(e);
                break;
            case MessageQueued e:
                queue.Add(new QueuedMessage(e.Message, e.Role, e.Content, e.Parent, e.Follows, e.Model, e.Sequence, e.At)
                {
                    Parts = e.Parts,
                    ToolResults = e.ToolResults,
                    Options = e.Options,
                });
                Remember(e.Request, e.Message, e.Sequence, e.Fingerprint);
                break;
            case MessageUnqueued e:
                if (queue.RemoveAll(queued => queued.Id == e.Message) == 0)
                {
                    throw new InvalidOperationException($"Event {e.Sequence} of {id} takes {e.Message} out of the queue, where it is not.");
                }

                unqueued.Add(e.Message);
                break;
            case HeadMoved e:
                if (tree.PositionOf(e.Message) < 0)
                {
                    throw new InvalidOperationException($"Event {e.Sequence} of {id} moves the head to {e.Message}, which there is not.");
                }

                tree.MoveTo(e.Message);
                break;
            case ReplyStarted e:
                Start(e);
                break;
            case ReplyAttached e:
                ExpectRunning(e.Message);
                Reply = Reply! with { Attachment = e.Token };
                break;
            case IReplyContent e:
                ExpectRunning(e.Message);
                partial.Append(next.Sequence, e);
                break;
            case ReplyContext e:
                Fit(e);
                break;
            case ReplyTakenOver e:
                TakeOver(e);
                break;
            case ReplyEnded e:
                End(e);
                break;
        }

        var conversation = Conversation.Apply(id, Conversation, next);
        Conversation = conversation.Head == tree.Head && conversation.Reply == Reply?.Message
            ? conversation
            : conversation with { Head = tree.Head, Reply = Reply?.Message };
    }

    /// <summary>Takes in one stored line, which may be a run of pieces.</summary>
    /// <exception cref="InvalidOperationException">The line cannot follow what came before.</exception>
    public void Apply(EventLine line)
    {
        if (!line.Type.IsRun())
        {
            Apply(line.Parse());
            return;
        }

        if (line.First != Sequence + 1)
        {
            throw new InvalidOperationException($"Event {line.First} of {id} does not follow event {Sequence}.");
        }

        ExpectRunning(Encoding.UTF8.GetString(line.Message));
        if (line.Type == EventType.DeltaRun)
        {
            partial.AppendText(line.Last, line.Text);
        }
        else
        {
            partial.Append(line.Last, (IReplyContent)DeltaRun.Join(line));
        }

        Conversation = Conversation! with { Sequence = line.Last };
    }

    /// <summary>What an accepted request made; null when the request is new.</summary>
    public KnownRequest? FindRequest(string request) => requests.GetValueOrDefault(request);

    /// <summary>The id of the reply that was made to a message when it came; null when there is none yet.</summary>
    public string? FirstReplyTo(string message) => firstReplies.GetValueOrDefault(message);

    /// <summary>The summary that was made of a branch's beginning when a reply started; null when none was.</summary>
    public BranchSummary? SummaryOf(string reply) => summaries.GetValueOrDefault(reply);

    /// <summary>Whether somebody took this out of the queue.</summary>
    public bool WasUnqueued(string message) => unqueued.Contains(message);

    /// <summary>What the running reply had at a sequence; null when it has no event there, or not any more.</summary>
    public ReplyCut? CutAt(long sequence) => sequence <= Sequence ? partial.CutAt(sequence) : null;

    /// <summary>A message as committed; a running reply with what it has so far.</summary>
    public Message MessageAt(int position)
    {
        var message = tree[position];
        return message.Id == Reply?.Message ? partial.In(message with { Sequence = Sequence }) : message;
    }

    private void Add(MessageCreated e)
    {
        queue.RemoveAll(queued => queued.Id == e.Message);
        Remember(e.Request, e.Message, e.Sequence, e.Fingerprint);
        tree.Add(new Message
        {
            Id = e.Message,
            Parent = e.Parent,
            Role = e.Role,
            Content = e.Content,
            Status = MessageStatus.Completed,
            Sequence = e.Sequence,
            CreatedAt = e.At,
            Parts = e.Parts ?? [],
            ToolResults = e.ToolResults ?? [],
            ToolCalls = e.ToolCalls ?? [],
        });
    }

    private void Start(ReplyStarted e)
    {
        if (Reply is not null)
        {
            throw new InvalidOperationException($"Event {e.Sequence} of {id} starts a reply while {Reply.Message} runs.");
        }

        queue.RemoveAll(queued => queued.Id == e.Message);
        Remember(e.Request, e.Message, e.Sequence, e.Fingerprint);
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

    // What waited in the queue is remembered as it came there, not as it left.
    private void Remember(string? request, string message, long sequence, string? fingerprint)
    {
        if (request is not null)
        {
            requests.TryAdd(request, new KnownRequest(message, sequence, fingerprint));
        }
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
