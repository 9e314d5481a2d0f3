using System.Diagnostics.CodeAnalysis;
using System.Text;
using OrleansChat.Events;

namespace OrleansChat.Conversations;

/// <summary>A conversation's content as its events tell it. Pure: changes only in <see cref="Apply(ConversationEvent)"/>.</summary>
internal sealed class ConversationState(ConversationId id)
{
    private readonly List<Message> messages = [];
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);
    private readonly StringBuilder partial = new();
    private readonly Dictionary<string, string> messagesByRequest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> repliesByMessage = new(StringComparer.Ordinal);

    /// <summary>The conversation; null before its first event.</summary>
    public Conversation? Conversation { get; private set; }

    /// <summary>The sequence of the newest event; 0 before the first.</summary>
    public long Sequence => Conversation?.Sequence ?? 0;

    /// <summary>The id of the newest message; null before the first.</summary>
    public string? HeadMessage => messages.Count == 0 ? null : messages[^1].Id;

    /// <summary>The running reply; null when none runs.</summary>
    public OpenReply? Reply { get; private set; }

    /// <summary>The running reply's text so far; empty when none runs.</summary>
    public string ReplyText => partial.ToString();

    /// <summary>How many messages there are, the running reply included.</summary>
    public int MessageCount => messages.Count;

    /// <summary>The messages, oldest first, without the text of a running reply.</summary>
    public IReadOnlyList<Message> Messages => messages;

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
            case MessageCreated e:
                Add(new Message
                {
                    Id = e.Message,
                    Parent = e.Parent,
                    Role = e.Role,
                    Content = e.Content,
                    Status = MessageStatus.Completed,
                    Sequence = e.Sequence,
                    CreatedAt = e.At,
                });
                if (e.Request is not null)
                {
                    messagesByRequest.TryAdd(e.Request, e.Message);
                }

                break;
            case ReplyStarted e:
                if (Reply is not null)
                {
                    throw new InvalidOperationException($"Event {e.Sequence} of {id} starts a reply while {Reply.Message} runs.");
                }

                repliesByMessage[e.Parent] = e.Message;
                Reply = new OpenReply(e.Message, e.Model, e.At, Attempts: 0);
                Add(new Message
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
                break;
            case ReplyDelta e:
                AppendText(e.Message, e.Text);
                break;
            case ReplyTakenOver e:
                TakeOver(e);
                break;
            case ReplyEnded e:
                End(e);
                break;
        }

        Conversation = Conversation.Apply(id, Conversation, next);
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

        AppendText(Encoding.UTF8.GetString(line.Message), line.Text);
        Conversation = Conversation! with { Sequence = line.Last };
    }

    /// <summary>The message that came with a request, and its reply; false when the request is new.</summary>
    public bool TryFindRequest(string request, [NotNullWhen(true)] out Message? message, out string? reply)
    {
        message = messagesByRequest.TryGetValue(request, out var id) ? messages[positions[id]] : null;
        reply = id is null ? null : repliesByMessage.GetValueOrDefault(id);
        return message is not null;
    }

    /// <summary>The position of a message; -1 when there is none with this id.</summary>
    public int IndexOf(string message) => positions.GetValueOrDefault(message, -1);

    /// <summary>A message as committed; a running reply with its text so far.</summary>
    public Message MessageAt(int index)
    {
        var message = messages[index];
        return message.Id == Reply?.Message ? message with { Content = partial.ToString(), Sequence = Sequence } : message;
    }

    private void Add(Message message)
    {
        positions.Add(message.Id, messages.Count);
        messages.Add(message);
    }

    private void AppendText(string reply, string text)
    {
        ExpectRunning(reply);
        partial.Append(text);
    }

    private void TakeOver(ReplyTakenOver next)
    {
        ExpectRunning(next.Message);
        Reply = Reply! with { Attempts = next.Attempt };
        if (next is ReplyRestarted)
        {
            partial.Clear();
        }
    }

    private void End(ReplyEnded end)
    {
        ExpectRunning(end.Message);
        var index = messages.Count - 1;
        messages[index] = messages[index] with
        {
            Content = partial.ToString(),
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
