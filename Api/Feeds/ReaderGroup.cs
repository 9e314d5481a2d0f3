namespace OrleansChat.Feeds;

/// <summary>
/// Some of a feed's readers, who wait together. All of a feed's groups are woken by news; by a heartbeat, or because one of its readers has left in his
/// sleep, only the one. All but <see cref="WakeSoon"/> is guarded by the feed.
/// </summary>
/// <param name="feed">Whose readers they are.</param>
/// <param name="beat">When they are to show that they are alive.</param>
internal sealed class ReaderGroup(ConversationFeed feed, Beat beat)
{
    /// <summary>How many readers are in a group at most.</summary>
    public const int Most = 64;

    private readonly List<ReaderWait> waiting = [];
    private TaskCompletionSource? changed;
    private Beat beat = beat;
    private bool isToBeWoken;

    /// <summary>How many readers are in it.</summary>
    public int Readers { get; set; }

    /// <summary>How often its readers were asked to show that they are alive.</summary>
    public int Heartbeats { get; private set; }

    /// <summary>Done with the next <see cref="Signal"/>; for whoever has no <see cref="ReaderWait"/> of his own.</summary>
    public Task Changed => (changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Adds to those whom the next <see cref="Signal"/> wakes.</summary>
    public void Add(ReaderWait wait) => waiting.Add(wait);

    /// <summary>Wakes who waits.</summary>
    public void Signal()
    {
        foreach (var wait in waiting)
        {
            wait.End();
        }

        waiting.Clear();
        changed?.SetResult();
        changed = null;
    }

    /// <summary>Wakes who waits, if there is a reason to.</summary>
    /// <param name="now">The time of <see cref="Beat"/>.</param>
    public void Look(TimeSpan now)
    {
        var isDue = beat.IsDue(now);
        Heartbeats += isDue ? 1 : 0;
        if (Interlocked.Exchange(ref isToBeWoken, false) || isDue)
        {
            Signal();
        }
    }

    /// <summary>
    /// Has all of its readers woken with the watchdog's next look, because one of them has left and sleeps. Not at once: where a thousand leave
    /// at the same time, each would wake all the others.
    /// </summary>
    public void WakeSoon()
    {
        Volatile.Write(ref isToBeWoken, true);
        feed.LookSoon();
    }
}
