using System.Text.Json;
using OrleansChat.Chaos.Clients;

namespace OrleansChat.Chaos.Invariants;

/// <summary>
/// A conversation's whole history as the journal tells it event by event (<c>catchup=deltas</c> from the beginning), and
/// whatever is wrong with it in itself: <see cref="Violations"/>.
/// </summary>
internal sealed class History
{
    private readonly List<JournalEvent> events = [];
    private readonly List<Frame> frames = [];
    private readonly List<(string Role, string? Text, Reply? Reply)> messages = [];
    private readonly Dictionary<string, Reply> replies = new(StringComparer.Ordinal);
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly List<Violation> violations = [];
    private readonly string name;
    private Reply? running;
    private string? head;

    private History(string name) => this.name = name;

    /// <summary>The events: the one with sequence n at n - 1.</summary>
    public IReadOnlyList<JournalEvent> Events => events;

    /// <summary>The frames that they came in.</summary>
    public IReadOnlyList<Frame> Frames => frames;

    /// <summary>The replies, oldest first.</summary>
    public IEnumerable<Reply> Replies => replies.Values;

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<Violation> Violations => violations;

    /// <summary>Reads a history, also a broken one as far as it goes.</summary>
    /// <param name="name">The conversation.</param>
    /// <param name="replay">The frames of a whole replay.</param>
    /// <param name="isOver">Whether no reply may still run.</param>
    public static History Read(string name, IEnumerable<Frame> replay, bool isOver = true)
    {
        var history = new History(name);
        foreach (var frame in replay)
        {
            history.Take(frame);
        }

        if (isOver && history.running is { } open)
        {
            history.Complain(ViolationKind.Stuck, $"{open.Id} has not ended after {history.events.Count} events.");
        }

        return history;
    }

    /// <summary>What had been said when a reply began, its question last; nothing for what has no text.</summary>
    public IEnumerable<(string Role, string Text)> Before(Reply reply) => messages
        .Take(reply.Question)
        .Select(message => (message.Role, message.Text ?? message.Reply?.Text ?? ""))
        .Where(message => message.Item2.Length > 0);

    private void Take(Frame frame)
    {
        JournalEvent next;
        try
        {
            next = JournalEvent.Parse(frame);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            Complain(ViolationKind.Impossible, $"{frame}: {e.Message}");
            return;
        }

        if (next.Sequence != frame.Id)
        {
            Complain(ViolationKind.Impossible, $"The cursor and the sequence differ: {frame}");
        }

        if (frame.Id != events.Count + 1)
        {
            Complain(
                frame.Id > events.Count ? ViolationKind.Lost : frames[(int)frame.Id - 1].Says(frame) ? ViolationKind.Doubled : ViolationKind.Reordered,
                $"After {events.Count} comes {frame}");
            return;
        }

        events.Add(next);
        frames.Add(frame);
        Apply(next);
    }

    private void Apply(JournalEvent next)
    {
        switch (next.Type)
        {
            case "conversation.created" when next.Sequence == 1:
            case "conversation.updated":
                break;
            case JournalEvent.MessageCreated when running is null && next.Parent == head && ids.Add(next.Message!):
                messages.Add((next.Role!, next.Text, null));
                head = next.Message;
                break;
            case JournalEvent.Started when running is null && next.Parent == head && ids.Add(next.Message!):
                running = new Reply(next.Message!, messages.Count);
                replies.Add(next.Message!, running);
                messages.Add(("assistant", null, running));
                head = next.Message;
                break;
            case JournalEvent.Delta when next.Message == running?.Id && next.Text is { Length: > 0 } text:
                running!.Add(text);
                break;
            case JournalEvent.Continued or JournalEvent.Restarted when next.Message == running?.Id && next.Attempt > running!.TakeOvers:
                running.TakeOver(next);
                break;
            case var end when JournalEvent.IsEndType(end) && next.Message == running?.Id:
                running!.EndWith(end);
                running = null;
                break;
            case var end when JournalEvent.IsEndType(end) && next.Message is { } message && replies.TryGetValue(message, out var ended) && ended.End is not null:
                Complain(ViolationKind.EndedTwice, $"Event {next.Sequence} ({next.Type}) ends {next.Message}, which has {ended.End}.");
                break;
            default:
                Complain(ViolationKind.Impossible, $"While {running?.Id ?? "no reply"} runs and {head ?? "nothing"} is the newest message: {frames[^1]}");
                break;
        }
    }

    private void Complain(ViolationKind kind, string detail) => violations.Add(new Violation(kind, name, detail));
}
