using System.Collections.Concurrent;

namespace OrleansChat.Conversations;

/// <summary>
/// The conversations that this silo wrote until somebody else did, a moment ago. Each side of a partition would otherwise take a
/// running reply back from the other as soon as it is asked for it, until the reply's budget is used up; the side that was fenced
/// off waits instead, in which time it either hears that it is dead or the other side is.
/// </summary>
internal sealed class LostConversations(TimeProvider clock)
{
    private static readonly TimeSpan Respite = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<ConversationKey, long> lost = [];

    /// <summary>Remembers a conversation, for a while.</summary>
    public void Add(ConversationKey key)
    {
        lost[key] = clock.GetTimestamp();
        foreach (var (other, since) in lost)
        {
            if (clock.GetElapsedTime(since) > Respite)
            {
                lost.TryRemove(other, out _);
            }
        }
    }

    /// <summary>Whether the conversation was lost a moment ago.</summary>
    public bool IsRecent(ConversationKey key) => lost.TryGetValue(key, out var since) && clock.GetElapsedTime(since) <= Respite;
}
