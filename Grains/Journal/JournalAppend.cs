using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Events;

namespace OrleansChat.Journal;

/// <summary>Events to append to one conversation's journal.</summary>
/// <param name="Key">Whose journal.</param>
/// <param name="Events">The events, at least one; the first one's sequence minus 1 is the head that is expected (0: no journal yet).</param>
/// <param name="Block">The same events as the bytes to be stored.</param>
public sealed record JournalAppend(ConversationKey Key, ImmutableArray<ConversationEvent> Events, EventBlock Block)
{
    /// <summary>The sequence that the journal must end with for the append to happen.</summary>
    public long ExpectedHead => Block.First - 1;
}
