using System.Diagnostics;
using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Clients;

/// <summary>What one client has been told, and how far its present turn is. Its reader writes it, others look at it meanwhile.</summary>
internal sealed class ClientRecord
{
    private readonly Lock gate = new();
    private readonly List<Frame> seen = [];
    private readonly List<Accepted> accepted = [];
    private readonly List<(Func<ClientRecord, bool> Condition, TaskCompletionSource Met)> waiting = [];
    private string? asked;
    private bool isAsked;
    private long startedAt;
    private string? reply;

    /// <summary>Everything that it was told, in its order.</summary>
    public IReadOnlyList<Frame> Seen => Locked(() => seen.ToArray());

    /// <summary>Every message of its that was answered with 202.</summary>
    public IReadOnlyList<Accepted> Accepted => Locked(() => accepted.ToArray());

    /// <summary>The newest message or reply that it knows of.</summary>
    public string? NewestMessage { get; private set; }

    /// <summary>How many tokens of the present turn's reply it has, as long as nothing was taken over.</summary>
    public long Tokens { get; private set; }

    /// <summary>Whether it has seen its present message stored and the reply to it begun.</summary>
    public bool IsStarted => reply is not null;

    /// <summary>Whether its present turn is over.</summary>
    public bool IsEnded { get; private set; } = true;

    /// <summary>Begins a turn.</summary>
    public void Ask(string content) => Locked(() =>
    {
        (asked, isAsked, reply, Tokens, IsEnded) = (content, false, null, 0, false);
        return true;
    });

    /// <summary>Notes what the server has taken.</summary>
    public void Add(Accepted message) => Locked(() =>
    {
        accepted.Add(message);
        return true;
    });

    /// <summary>Takes in an event.</summary>
    public void Add(Frame frame)
    {
        lock (gate)
        {
            seen.Add(frame);
            Follow(frame);
            for (var i = waiting.Count - 1; i >= 0; i--)
            {
                if (waiting[i].Condition(this))
                {
                    waiting[i].Met.TrySetResult();
                    waiting.RemoveAt(i);
                }
            }
        }
    }

    /// <summary>Returns when an event has made it so.</summary>
    public Task WhenAsync(Func<ClientRecord, bool> condition)
    {
        lock (gate)
        {
            if (condition(this))
            {
                return Task.CompletedTask;
            }

            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Add((condition, met));
            return met.Task;
        }
    }

    /// <summary>The first such event after a moment; null if none has come.</summary>
    public Frame? FirstAfter(long moment, Func<string, bool> type) => Locked(() => seen.Find(frame => frame.At > moment && type(frame.Type)));

    /// <summary>Whether a reply ran at that moment, as far as the client had been told.</summary>
    public bool WasOpenAt(long moment) => Locked(() =>
        seen.FindLast(frame => frame.At <= moment && (frame.Type == JournalEvent.Started || JournalEvent.IsEndType(frame.Type)))
            is { Type: JournalEvent.Started });

    /// <summary>The longest silence within a reply.</summary>
    public TimeSpan LongestGap() => Locked(() =>
    {
        var longest = TimeSpan.Zero;
        for (var i = 1; i < seen.Count; i++)
        {
            if (seen[i].Type.StartsWith("reply.", StringComparison.Ordinal) && Stopwatch.GetElapsedTime(seen[i - 1].At, seen[i].At) is var gap && gap > longest)
            {
                longest = gap;
            }
        }

        return longest;
    });

    private void Follow(Frame frame)
    {
        if (frame.Type == JournalEvent.Delta)
        {
            Tokens = frame.Id - startedAt;
            return;
        }

        // Another tab of the same conversation could write too; here, whatever is not ours is a message that was sent twice.
        if (frame.Type == JournalEvent.MessageCreated)
        {
            NewestMessage = JournalEvent.Parse(frame).Message;
            isAsked |= JournalEvent.Parse(frame).Text == asked;
        }
        else if (frame.Type == JournalEvent.Started)
        {
            NewestMessage = JournalEvent.Parse(frame).Message;
            if (isAsked && reply is null)
            {
                (reply, startedAt) = (NewestMessage, frame.Id);
            }
        }
        else if (JournalEvent.IsEndType(frame.Type) && JournalEvent.Parse(frame).Message == reply)
        {
            IsEnded = true;
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }
}
