using System.Collections.Immutable;
using OrleansChat.Conversations;

namespace OrleansChat.Journal;

/// <summary>Some of the conversations that have been idle.</summary>
/// <param name="Conversations">The conversations, in no particular order.</param>
/// <param name="Next">Where to go on; null when all were looked at.</param>
public sealed record IdlePage(ImmutableArray<IdleConversation> Conversations, string? Next);

/// <summary>A conversation that has been idle.</summary>
/// <param name="Key">Which.</param>
/// <param name="Head">The sequence of its newest event: while it is that, it has stayed idle.</param>
public readonly record struct IdleConversation(ConversationKey Key, long Head);
