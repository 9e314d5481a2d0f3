using OrleansChat.Conversations;
using OrleansChat.Delivery;

namespace OrleansChat.Feeds;

internal sealed partial class ConversationFeed
{
    private readonly Watcher watcher;
    private readonly IConversationGrain grain;
    private readonly SharedRefresh refresh;
    private readonly SharedPages pages;

    /// <inheritdoc/>
    public bool IsRefreshing => refresh.IsUnderWay;

    /// <summary>
    /// Watches the conversation and brings this feed up to date with its grain: when this returns, everything that was committed
    /// at the time of the call is known here, or lies before the window.
    /// </summary>
    /// <param name="after">The cursor of the reader who asks; decides how much is fetched the first time.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task RefreshAsync(long after, CancellationToken cancellationToken) => refresh.RunAsync(after, cancellationToken);

    /// <summary>
    /// Sees to it that the events after a cursor are here, or lie before the window. Asks nobody where they are: what was committed a moment ago
    /// comes as all else does.
    /// </summary>
    /// <param name="after">The cursor of the reader who asks; where it is not beyond the head in the end, he can follow from it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task ReachAsync(long after, CancellationToken cancellationToken)
    {
        if (HasReached(after))
        {
            return;
        }

        await refresh.RunAsync(after, cancellationToken, orUnderWay: true);
        if (!HasReached(after) && !IsGone)
        {
            await RefreshAsync(after, cancellationToken);
        }
    }

    /// <summary>Refreshes; a failure is left to the next try, which the watchdog makes.</summary>
    public async Task RefreshQuietlyAsync()
    {
        try
        {
            await RefreshAsync(Head, CancellationToken.None);
        }
        catch (Exception)
        {
            // The silo is away or busy. Readers keep their cursors.
        }
    }

    /// <summary>Tells the grain that nobody here reads any more.</summary>
    public Task UnwatchAsync() => grain.Unwatch(Key.Owner, watcher);

    /// <summary>Reads what lies before the window.</summary>
    public Task<ReadResult> ReadAsync(long after) => AskAsync(grain.Read(Key.Owner, after));

    /// <summary>Reads what lies before the window, once for readers at the same cursor. What the page says of the head may be older than that.</summary>
    public Task<ReadResult> ReadPageAsync(long after) => pages.ReadAsync(after);

    private bool HasReached(long cursor) => events.IsOpen && cursor <= Head && !IsGone && !Freshness.IsStale;

    private async Task AskGrainAsync(long after)
    {
        Freshness.Ask();
        var result = await AskAsync(grain.Watch(Key.Owner, watcher, events.IsOpen ? Head : after));
        if (result is ReadResult.BeyondHead beyond)
        {
            result = await AskAsync(grain.Watch(Key.Owner, watcher, beyond.Head));
        }

        // Only here: who reads a page learns nothing of whether the grain knows of this feed.
        if (Freshness.Answer())
        {
            // Some of the readers may wait for just this.
            Wake();
        }

        if (result is ReadResult.Events answer)
        {
            Freshness.Watched(answer.WatchedOn);
            Apply(answer);
        }
        else
        {
            MarkGone();
        }
    }

    private async Task<ReadResult> AskAsync(Task<ReadResult> question)
    {
        try
        {
            return await question.WaitAsync(FeedTimes.Patience, clock);
        }
        catch (Exception)
        {
            // The watchdog asks again, soon.
            this.Suspect();
            throw;
        }
    }

    private void Apply(ReadResult.Events answer)
    {
        lock (gate)
        {
            if (events.IsOpen && answer.Head > Head)
            {
                Freshness.Missed++;
            }

            var before = Head;
            if (events.Apply(answer))
            {
                Hear(before);

                // Only then: while a thousand readers come back, answers follow each other, and each would wake all who are there.
                Signal();
            }
        }
    }
}
