using System.Text;
using OrleansChat.Events;
using OrleansChat.Limiting;

namespace OrleansChat.Conversations;

/// <summary>A conversation's content as its events tell it. Pure: changes only in <see cref="Apply(ConversationEvent)"/>. <c>ConversationState.Replies.cs</c> is what it knows of replies.</summary>
internal sealed partial class ConversationState(ConversationId id)
{
    private readonly MessageTree tree = new();
    private readonly List<QueuedMessage> queue = [];
    private readonly HashSet<string> unqueued = new(StringComparer.Ordinal);
    private readonly HashSet<string> deleted = new(StringComparer.Ordinal);
    private readonly HashSet<string> orphans = new(StringComparer.Ordinal);
    private readonly HashSet<string> partialAnswers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KnownRequest> requests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> firstReplies = new(StringComparer.Ordinal);

    /// <summary>The conversation; null before its first event.</summary>
    public Conversation? Conversation
    {
        // Pieces of a reply change nothing but the sequence, and come by the thousand before anybody looks.
        get => field is { } known && known.Sequence != Sequence ? field = known with { Sequence = Sequence } : field;
        private set;
    }

    /// <inheritdoc cref="Conversation.IsTransient"/>
    public bool IsTransient { get; private set; }

    /// <summary>The request that created the conversation; null where it had no name.</summary>
    public KnownRequest? Creation { get; private set; }

    /// <summary>The sequence of the newest event; 0 before the first.</summary>
    public long Sequence { get; private set; }

    /// <summary>All messages, the running reply without its text.</summary>
    public MessageTree Messages => tree;

    /// <summary>What waits, the next first.</summary>
    public IReadOnlyList<QueuedMessage> Queue => queue;

    /// <summary>How much was ever stored; of a running reply, not yet what it says.</summary>
    public HistorySize Size { get; private set; }

    /// <summary>Whether so much more is too much.</summary>
    public bool IsFull(LimitOptions limits, HistorySize more) =>
        Size + more is var after && (after.Messages > limits.HistoryMessages || after.Bytes > limits.HistoryBytes);

    /// <summary>Takes in one event.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow what came before.</exception>
    public void Apply(ConversationEvent next)
    {
        if (next.Sequence != Sequence + 1)
        {
            throw new InvalidOperationException($"Event {next.Sequence} of {id} does not follow event {Sequence}.");
        }

        if (next is IReplyContent piece)
        {
            ExpectRunning(piece.Message);
            partial.Append(next.Sequence, piece);
            Sequence = next.Sequence;
            return;
        }

        switch (next)
        {
            case ConversationCreated e:
                Size += HistorySize.Of(e.Title, e.System, e.Metadata);
                IsTransient = e.Transient;
                Creation = e.Request is null ? null : new KnownRequest("", e.Sequence, e.Fingerprint);
                break;
            case ConversationUpdated e:
                Size += HistorySize.Of(e.Title, e.System, e.Metadata);
                break;
            case MessageCreated e:
                Add(e);
                break;
            case MessageQueued e:
                Size += HistorySize.Of(e);
                queue.Add(new QueuedMessage(e.Message, e.Role, e.Content, e.Parent, e.Follows, e.Model, e.Sequence, e.At)
                {
                    Parts = e.Parts,
                    ToolResults = e.ToolResults,
                    Options = e.Options,
                    Preceding = e.Preceding,
                });
                Remember(e.Request, e.Message, e.Sequence, e.Fingerprint, e.Role == MessageRole.Assistant ? e.Parent : null);
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
            case ReplyContext e:
                Fit(e);
                break;
            case ReplyTakenOver e:
                TakeOver(e);
                break;
            case ReplyEnded e:
                End(e);
                break;
            case MessageDeleted e:
                Delete(e);
                break;
        }

        var conversation = Conversation.Apply(id, Conversation, next);
        Conversation = conversation.Head == tree.Head && conversation.Reply == Reply?.Message
            ? conversation
            : conversation with { Head = tree.Head, Reply = Reply?.Message };
        Sequence = next.Sequence;
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

        Sequence = line.Last;
    }

    /// <summary>What an accepted request made; null when the request is new.</summary>
    public KnownRequest? FindRequest(string request) => requests.GetValueOrDefault(request);

    /// <summary>The id of the reply that was made to a message when it came; null when there is none yet.</summary>
    public string? FirstReplyTo(string message) => firstReplies.GetValueOrDefault(message);

    /// <summary>Whether somebody took this out of the queue.</summary>
    public bool WasUnqueued(string message) => unqueued.Contains(message);

    /// <summary>Whether there was such a message once, and somebody deleted it.</summary>
    public bool WasDeleted(string message) => deleted.Contains(message);

    /// <summary>Whether this is an answer of tools to some of the calls that were open when it came, and not the last.</summary>
    public bool IsPartialAnswer(string message) => partialAnswers.Contains(message);

    /// <summary>Whether this is a reply to a message that was deleted.</summary>
    public bool HasLostQuestion(string reply) => orphans.Contains(reply);

    /// <summary>A message as committed; a running reply with what it has so far.</summary>
    public Message MessageAt(int position)
    {
        var message = tree[position];
        return message.Id == Reply?.Message ? partial.In(message with { Sequence = Sequence }) : message;
    }

    private void Add(MessageCreated e)
    {
        queue.RemoveAll(queued => queued.Id == e.Message);
        Size += HistorySize.Of(e);
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
            Reasoning = e.Reasoning ?? [],
            Refusal = e.Refusal,
        });
        if (e.ToolResults is not null && !OpenCalls.After(tree, e.Message).IsEmpty)
        {
            partialAnswers.Add(e.Message);
        }
    }

    private void Delete(MessageDeleted e)
    {
        if (unqueued.Contains(e.Message))
        {
            deleted.Add(e.Message);
            return;
        }

        if (tree.Find(e.Message) is not { } message || IsInUse(e.Message))
        {
            throw new InvalidOperationException($"Event {e.Sequence} of {id} deletes {e.Message}, which there is not, or which is in use.");
        }

        orphans.UnionWith(tree.Following(e.Message).Where(next => next.Role == MessageRole.Assistant).Select(next => next.Id));
        for (var i = 0; i < queue.Count; i++)
        {
            queue[i] = queue[i].Parent == e.Message ? queue[i] with { Parent = message.Parent } : queue[i];
        }

        tree.Remove(e.Message);
        deleted.Add(e.Message);

        // They may tell of it.
        summaries.Clear();
    }

    // What waited in the queue is remembered as it came there, not as it left.
    private void Remember(string? request, string message, long sequence, string? fingerprint, string? question = null)
    {
        if (request is not null)
        {
            requests.TryAdd(request, new KnownRequest(message, sequence, fingerprint, question));
        }
    }
}
