using System.Collections.Concurrent;
using OrleansChat.Conversations;

namespace OrleansChat.Hosting;

/// <summary>
/// Which of the conversations that were found quiet to wake now. One that stays quiet was woken in vain: its model is slow, and it
/// is left alone for longer each time.
/// </summary>
internal sealed class WakeSchedule(TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    // Holds what the last search found, and nothing else.
    private ConcurrentDictionary<ConversationKey, Wake> wakes = [];

    /// <summary>Those of the conversations found whose turn it is.</summary>
    public List<ConversationKey> Due(IReadOnlyCollection<ConversationKey> found)
    {
        var now = clock.GetUtcNow();
        var due = new List<ConversationKey>();
        var next = new ConcurrentDictionary<ConversationKey, Wake>();
        foreach (var key in found)
        {
            if (!wakes.TryGetValue(key, out var last))
            {
                due.Add(key);
                next[key] = new Wake(now + FirstPause, FirstPause);
            }
            else if (last.Next > now)
            {
                next[key] = last;
            }
            else
            {
                due.Add(key);
                var pause = last.Pause * 2 < LongestPause ? last.Pause * 2 : LongestPause;
                next[key] = new Wake(now + pause, pause);
            }
        }

        wakes = next;
        return due;
    }

    /// <summary>Has a conversation that could not be woken be due again with the next search.</summary>
    public void Again(ConversationKey key) => wakes.TryRemove(key, out _);

    private readonly record struct Wake(DateTimeOffset Next, TimeSpan Pause);
}
