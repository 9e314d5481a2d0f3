using System.Text;
using OrleansChat.Events;

namespace OrleansChat.Conversations;

/// <summary>A conversation's content as its events tell it. Pure: changes only in <see cref="Apply(ConversationEvent)"/>.</summary>
internal sealed class ConversationState(ConversationId id)
{
    private readonly MessageTree tree = new();
    private readonly PartialText partial = new();
    private readonly List<QueuedMessage> queue = [];
    private readonly HashSet<string> unqueued = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnownRequest> requests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> firstReplies = new(StringComparer.Ordinal);

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
    public string ReplyText => partial.ToString();

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
                queue.Add(new QueuedMessage(e.Message, e.Role, e.Content, e.Parent, e.Follows, e.Model, e.Sequence, e.At));
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
            case ReplyDelta e:
                AppendText(e.Message, e.Sequence, e.Text);
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

    /// <summary>Takes in one stored line, which may be a run of deltas.</summary>
    /// <exception cref="InvalidOperationException">The line cannot follow what came before.</exception>
    public void Apply(EventLine line)
    {
        if (line.Type != EventType.DeltaRun)
        {
            Apply(line.Parse());
            return;
        }

        if (line.First != Sequence + 1)
        {
            throw new InvalidOperationException($"Event {line.First} of {id} does not follow event {Sequence}.");
        }

        AppendText(Encoding.UTF8.GetString(line.Message), line.Last, line.Text);
        Conversation = Conversation! with { Sequence = line.Last };
    }

    /// <summary>What an accepted request made; null when the request is new.</summary>
    public KnownRequest? FindRequest(string request) => requests.GetValueOrDefault(request);

    /// <summary>The id of the reply that was made to a message when it came; null when there is none yet.</summary>
    public string? FirstReplyTo(string message) => firstReplies.GetValueOrDefault(message);

    /// <summary>Whether somebody took this out of the queue.</summary>
    public bool WasUnqueued(string message) => unqueued.Contains(message);

    /// <summary>How long the running reply's text was at a sequence; null when it has no event there, or not any more.</summary>
    public int? TextLengthAt(long sequence) => sequence <= Sequence ? partial.LengthAt(sequence) : null;

    /// <summary>A message as committed; a running reply with its text so far.</summary>
    public Message MessageAt(int position)
    {
        var message = tree[position];
        return message.Id == Reply?.Message ? message with { Content = partial.ToString(), Sequence = Sequence } : message;
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
        Reply = new OpenReply(e.Message, e.Model, e.At, Attempts: 0);
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

    private void AppendText(string reply, long sequence, string text)
    {
        ExpectRunning(reply);
        partial.Append(sequence, text);
    }

    private void TakeOver(ReplyTakenOver next)
    {
        ExpectRunning(next.Message);
        Reply = Reply! with { Attempts = next.Attempt };
        if (next is ReplyRestarted)
        {
            Reply = Reply with { Attachment = null };
            partial.Begin(next.Sequence);
        }
    }

    private void End(ReplyEnded end)
    {
        ExpectRunning(end.Message);
        var length = (end as ReplyCancelled)?.TextLength ?? partial.Length;
        if (length < 0 || length > partial.Length)
        {
            throw new InvalidOperationException($"Event {end.Sequence} of {id} cuts a text of {partial.Length} at {length}.");
        }

        var position = tree.PositionOf(end.Message);
        tree[position] = tree[position] with
        {
            Content = partial.UpTo(length),
            Sequence = end.Sequence,
            Usage = end.Usage,
            FinishReason = (end as ReplyCompleted)?.FinishReason,
            Error = (end as ReplyFailed)?.Error,
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
