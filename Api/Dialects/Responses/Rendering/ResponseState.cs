using System.Text;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Views;
using OrleansChat.Events;
using OrleansChat.Generation;

namespace OrleansChat.Dialects.Responses.Rendering;

/// <summary>
/// A response as the events make it, and the frames that they come to. A function of the events and of nothing else, so that every node says the same:
/// it takes every event after <see cref="ResponseKey.Before"/>, whoever reads.
/// </summary>
/// <param name="key">Which response.</param>
/// <param name="withSignatures">Whether to tell what a model's provider wants back, also where the request did not ask for it.</param>
internal sealed class ResponseState(ResponseKey key, bool withSignatures = false)
{
    private readonly OutputItems output = new();
    private MessageQueued? queued;
    private byte[] replyId = [];

    /// <summary>Which response.</summary>
    public ResponseKey Key => key;

    /// <summary>The event with which the reply started; null before.</summary>
    public ReplyStarted? Started { get; private set; }

    /// <summary>The event with which it ended; null before.</summary>
    public ReplyEnded? Ended { get; private set; }

    /// <summary>Whether somebody took it out of the queue.</summary>
    public bool IsUnqueued { get; private set; }

    /// <summary>Whether there is such a response.</summary>
    public bool IsKnown => !IsDeleted && (Started is not null || queued is not null);

    /// <summary>Whether it was deleted after somebody took it out of the queue.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>Whether nothing more of it comes.</summary>
    public bool IsEnded => Ended is not null || IsUnqueued;

    /// <summary>Whether it waits for other replies to end.</summary>
    public bool IsQueued => Started is null && !IsUnqueued;

    /// <summary>The sequence with which it began anew for the last time; 0 where it did not.</summary>
    public long Restarted { get; private set; }

    /// <summary>Whether it has any output yet.</summary>
    public bool HasOutput => !output.IsEmpty;

    /// <summary>The reply's id; null where it has none yet.</summary>
    public string? Reply => Started?.Message ?? (queued?.Role == MessageRole.Assistant ? queued.Message : null);

    /// <summary>How it was to be made.</summary>
    public GenerationOptions Options => Started?.Options ?? queued?.Options ?? new GenerationOptions();

    /// <summary>The model.</summary>
    public string Model => Started?.Model ?? queued?.Model ?? "";

    /// <summary>Since when there is such a response (UTC).</summary>
    public DateTimeOffset CreatedAt => queued?.At ?? Started?.At ?? default;

    /// <summary>Its items.</summary>
    public IReadOnlyList<ItemView> Output => output.View();

    /// <summary>Takes in the next event.</summary>
    /// <param name="line">The event, or a run of them.</param>
    /// <param name="frames">Where its frames go.</param>
    public void Apply(EventLine line, ResponseFrames frames)
    {
        if (line.Type.IsContent())
        {
            if (Started is not null && Ended is null && line.Message.SequenceEqual(replyId))
            {
                output.Add(line, frames);
            }
        }
        else if (IsUnqueued)
        {
            IsDeleted |= line.Type == EventType.MessageDeleted && line.Parse() is MessageDeleted gone && gone.Message == key.Message;
        }
        else if (line.Type != EventType.Unknown && !IsEnded)
        {
            Apply(line.Parse(), frames);
        }
    }

    private void Apply(ConversationEvent next, ResponseFrames frames)
    {
        switch (next)
        {
            case MessageQueued e when e.Message == key.Message:
                queued = e;
                frames.At(0);
                frames.Lifecycle("response.created"u8, View);
                frames.Lifecycle("response.queued"u8, View);
                break;
            case MessageUnqueued e when e.Message == key.Message:
                IsUnqueued = true;
                frames.At(0, ResponseSequence.InProgress);
                frames.Lifecycle("response.incomplete"u8, View);
                break;
            case ReplyStarted e when Started is null && (e.Message == key.Message || e.Parent == key.Message):
                Start(e, frames);
                break;
            case ReplyRestarted e when e.Message == Started?.Message:
                Restarted = e.Sequence;
                output.Clear();
                break;
            case ReplyEnded e when e.Message == Started?.Message:
                End(e, frames);
                break;
        }
    }

    private void Start(ReplyStarted e, ResponseFrames frames)
    {
        Started = e;
        replyId = Encoding.UTF8.GetBytes(e.Message);
        output.Begin(key.Conversation.Id, e.Message, ResponseNotes.Of(e.Options), withSignatures);
        frames.Start(e.Sequence);
        if (queued is null)
        {
            frames.Lifecycle("response.created"u8, View);
        }

        frames.At(e.Sequence, ResponseSequence.InProgress);
        frames.Lifecycle("response.in_progress"u8, View);
    }

    private void End(ReplyEnded e, ResponseFrames frames)
    {
        frames.At(e.Sequence);
        if (e is ReplyCancelled cancelled)
        {
            output.Cut(cancelled);
        }

        Ended = e;
        var status = ResponseStatus.Of(this);
        output.End(frames, complete: status == ResponseStatus.Completed);
        switch (status)
        {
            case ResponseStatus.Completed:
                frames.Lifecycle("response.completed"u8, View);
                break;
            case ResponseStatus.Failed:
                frames.Lifecycle("response.failed"u8, View);
                break;
            default:
                // A cancelled one too: clients know no event of that name, and some refuse those that they do not know.
                frames.Lifecycle("response.incomplete"u8, View);
                break;
        }
    }

    private ResponseView View() => ResponseView.Of(this);
}
