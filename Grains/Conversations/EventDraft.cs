using System.Collections.Immutable;
using OrleansChat.Events;

namespace OrleansChat.Conversations;

/// <summary>Events that are going to be appended together.</summary>
/// <param name="next">The sequence of the first.</param>
/// <param name="now">When (UTC).</param>
internal sealed class EventDraft(long next, DateTimeOffset now)
{
    private readonly List<ConversationEvent> events = [];

    /// <summary>The events so far.</summary>
    public IReadOnlyList<ConversationEvent> Events => events;

    /// <summary>When they happen (UTC).</summary>
    public DateTimeOffset Now => now;

    /// <summary>The sequence of the event to be added next.</summary>
    public long NextSequence => next + events.Count;

    /// <summary>The reply that these events start and do not end; null for none.</summary>
    public ReplyStarted? Started { get; private set; }

    /// <summary>Adds messages, each after the one before.</summary>
    /// <param name="messages">The messages, oldest first.</param>
    /// <param name="parent">What the first of them follows; null for nothing.</param>
    /// <returns>The id of the last; <paramref name="parent"/> where there is none.</returns>
    public string? Add(ImmutableArray<PrecedingMessage> messages, string? parent)
    {
        foreach (var message in messages)
        {
            var id = $"msg_{NextSequence}";
            Add(message.ToEvent(id, parent, now, NextSequence));
            parent = id;
        }

        return parent;
    }

    /// <summary>Adds an event, which has <see cref="NextSequence"/>.</summary>
    public void Add(ConversationEvent added)
    {
        events.Add(added);
        Started = added switch
        {
            ReplyStarted started => started,
            ReplyEnded => null,
            _ => Started,
        };
    }
}
