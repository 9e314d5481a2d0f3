using System.Collections.Immutable;
using OrleansChat.Events;

namespace OrleansChat.Journal;

/// <summary>A part of a journal.</summary>
/// <param name="Blocks">Consecutive events.</param>
/// <param name="Head">The sequence of the journal's newest event.</param>
public sealed record JournalPage(ImmutableArray<EventBlock> Blocks, long Head);
