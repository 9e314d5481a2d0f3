using System.Collections.Immutable;
using OrleansChat.Events;

namespace OrleansChat.Conversations;

/// <summary>What a conversation is, without its messages: the fold of its events' attributes.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.Conversation")]
public sealed record Conversation
{
    /// <summary>Stands for <see cref="Head"/> where there is no message and a text is needed.</summary>
    public const string NoHead = "none";

    /// <summary>The conversation's id.</summary>
    [Id(0)]
    public required ConversationId Id { get; init; }

    /// <summary>A title for people, or null.</summary>
    [Id(1)]
    public string? Title { get; init; }

    /// <summary>The name of the model that replies unless a message asks for another.</summary>
    [Id(2)]
    public required string Model { get; init; }

    /// <summary>The system prompt that leads every reply, or null.</summary>
    [Id(3)]
    public string? System { get; init; }

    /// <summary>The owner's own notes on the conversation.</summary>
    [Id(4)]
    public ImmutableSortedDictionary<string, string> Metadata { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>When it was created (UTC).</summary>
    [Id(5)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When anything but a delta was last appended (UTC).</summary>
    [Id(6)]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether a reply runs.</summary>
    [Id(7)]
    public ConversationStatus Status { get; init; }

    /// <summary>The sequence of the newest committed event, 1 or more.</summary>
    [Id(8)]
    public required long Sequence { get; init; }

    /// <summary>The id of the message that the active branch ends with; null where there is none, and in what a store says.</summary>
    [Id(9)]
    public string? Head { get; init; }

    /// <summary>The id of the running reply; null where none runs, and in what a store says.</summary>
    [Id(10)]
    public string? Reply { get; init; }

    /// <summary>
    /// Whether it is kept for a short while only. It is like any other, but its owner's list, search and feed do not have it, and it is
    /// deleted when nothing was appended to it for <c>Conversations:Retention:TransientTime</c>.
    /// </summary>
    [Id(11)]
    public bool IsTransient { get; init; }

    /// <summary>The conversation after <paramref name="next"/>; <paramref name="current"/> is null before the first event.</summary>
    /// <exception cref="InvalidOperationException">The first event does not create the conversation, or a later one does.</exception>
    public static Conversation Apply(ConversationId id, Conversation? current, ConversationEvent next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (next is ConversationCreated created)
        {
            return current is null
                ? new Conversation
                {
                    Id = id,
                    Title = created.Title,
                    Model = created.Model,
                    System = created.System,
                    Metadata = created.Metadata,
                    CreatedAt = created.At,
                    UpdatedAt = created.At,
                    Sequence = created.Sequence,
                    IsTransient = created.Transient,
                }
                : throw new InvalidOperationException($"Event {next.Sequence} creates {id}, which exists.");
        }

        if (current is null)
        {
            throw new InvalidOperationException($"Event {next.Sequence} of {id} comes before the one that creates it.");
        }

        return next switch
        {
            ConversationUpdated e => current with
            {
                Title = e.Title,
                Model = e.Model,
                System = e.System,
                Metadata = e.Metadata,
                UpdatedAt = e.At,
                Sequence = e.Sequence,
            },
            MessageCreated e => current with { UpdatedAt = e.At, Sequence = e.Sequence },
            MessageQueued e => current with { UpdatedAt = e.At, Sequence = e.Sequence },
            MessageUnqueued e => current with { UpdatedAt = e.At, Sequence = e.Sequence },
            MessageDeleted e => current with { UpdatedAt = e.At, Sequence = e.Sequence },
            HeadMoved e => current with { UpdatedAt = e.At, Sequence = e.Sequence },
            ReplyStarted e => current with { UpdatedAt = e.At, Sequence = e.Sequence, Status = ConversationStatus.Replying },
            ReplyContext e => current with { UpdatedAt = e.At, Sequence = e.Sequence },
            ReplyTakenOver e => current with { UpdatedAt = e.At, Sequence = e.Sequence },
            ReplyEnded e => current with { UpdatedAt = e.At, Sequence = e.Sequence, Status = ConversationStatus.Idle },
            _ => current with { Sequence = next.Sequence },
        };
    }

    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(Conversation);
}
