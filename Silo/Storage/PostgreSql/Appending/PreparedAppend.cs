using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Usage;

namespace OrleansChat.Storage.PostgreSql.Appending;

/// <summary>An append, and what it changes in its conversation's row: nothing but the head where it is only deltas.</summary>
internal sealed class PreparedAppend
{
    /// <summary>Works out what the events change.</summary>
    /// <exception cref="InvalidOperationException">The events cannot begin a conversation, or cannot follow its beginning.</exception>
    public PreparedAppend(JournalAppend append)
    {
        Append = append;
        var blank = new Conversation { Id = append.Key.Id, Model = "", CreatedAt = default, UpdatedAt = default, Sequence = append.ExpectedHead };
        var conversation = append.ExpectedHead == 0 ? null : blank;
        foreach (var next in append.Events)
        {
            if (next is IReplyContent && conversation is not null)
            {
                continue;
            }

            conversation = Conversation.Apply(append.Key.Id, conversation, next);
            Replying = next switch
            {
                ReplyStarted => true,
                ReplyEnded => false,
                _ => Replying,
            };
            if (append.ExpectedHead > 0 && next is ReplyEnded end && LedgerEntry.Of(append.Key.Id, end) is { } entry)
            {
                (Ledger ??= []).Add(entry);
            }

            HasAttributes |= next is ConversationCreated or ConversationUpdated;
        }

        CreatedAt = ToStored(conversation!.CreatedAt);
        UpdatedAt = ToStored(conversation.UpdatedAt);
        IsTransient = conversation.IsTransient;
    }

    /// <summary>The append itself.</summary>
    public JournalAppend Append { get; }

    /// <summary>Whether a reply runs from now on; null where that stays as it is.</summary>
    public bool? Replying { get; }

    /// <summary>What the replies cost that end with these events; null where none does, which is nearly always.</summary>
    public List<LedgerEntry>? Ledger { get; }

    /// <summary>When the conversation was created; null where it exists already.</summary>
    public DateTime? CreatedAt { get; }

    /// <summary>Whether the conversation that is created is transient.</summary>
    public bool IsTransient { get; }

    /// <summary>When anything but a delta was appended; null where nothing was.</summary>
    public DateTime? UpdatedAt { get; }

    /// <summary>Whether <see cref="Attributes"/> change.</summary>
    public bool HasAttributes { get; }

    /// <summary>The JSON of the newest event that says all of the conversation's attributes; null where none is among these.</summary>
    public ReadOnlyMemory<byte>? Attributes()
    {
        ReadOnlyMemory<byte>? newest = null;
        if (HasAttributes)
        {
            var start = 0;
            foreach (var line in Append.Block)
            {
                if (line.Type is EventType.ConversationCreated or EventType.ConversationUpdated)
                {
                    newest = Append.Block.Lines.Slice(start, line.Json.Length);
                }

                start += line.Json.Length + 1;
            }
        }

        return newest;
    }

    // To the millisecond, as it stands in the journal: what a list says must not differ from what the conversation itself says.
    private static DateTime? ToStored(DateTimeOffset at) =>
        at == default ? null : at.UtcDateTime.AddTicks(-(at.UtcDateTime.Ticks % TimeSpan.TicksPerMillisecond));
}
