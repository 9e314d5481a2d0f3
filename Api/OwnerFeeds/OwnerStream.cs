using System.Collections.Immutable;
using System.IO.Pipelines;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Owners;
using OrleansChat.Streaming;

namespace OrleansChat.OwnerFeeds;

/// <summary>
/// One connection to all of an owner's conversations. It begins with a comparison with the store, and repeats that whenever news may
/// have been missed; between, it passes on what the feed hears, and the events of the conversations that it follows.
/// </summary>
internal sealed class OwnerStream(
    OwnerFeed feed, ImmutableArray<FollowedConversation> followed, DateTimeOffset? since, IOwnerGrain owner, TimeProvider clock)
{
    /// <summary>How many conversations a snapshot compares, the newest.</summary>
    internal const int Compared = 1_000;

    /// <summary>How many conversations a snapshot shows.</summary>
    internal const int Shown = 100;

    // The clocks of two silos differ, and an event's time is older than its commit. What is told twice does no harm: it says how things are.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryWhenLeaving = TimeSpan.FromMilliseconds(250);

    private DateTimeOffset? since = since;
    private long place;
    private int gaps = -1;
    private int heartbeats;

    /// <summary>Writes until the client goes away, or this node does.</summary>
    public async Task RunAsync(HttpContext context, CancellationToken leaving)
    {
        var output = context.Response.BodyWriter;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, leaving);
        var ended = Task.Delay(Timeout.InfiniteTimeSpan, ending.Token);
        SseFrames.WriteRetry(output, Retry);
        await output.FlushAsync(context.RequestAborted);
        heartbeats = feed.Heartbeats;
        var admission = Admission.Of(context);
        while (!ending.IsCancellationRequested && !admission.HasEnded)
        {
            var changes = new List<Task> { feed.Changed, ended };
            if (!await WriteNewsAsync(output, ending.Token))
            {
                break;
            }

            foreach (var each in followed)
            {
                changes.Add(await each.WriteAsync(output, Cursor, context.RequestAborted));
            }

            if (heartbeats != feed.Heartbeats)
            {
                heartbeats = feed.Heartbeats;
                SseFrames.WriteComment(output, "heartbeat"u8);
            }

            await output.FlushAsync(context.RequestAborted);
            await Task.WhenAny(changes);
        }

        if (admission.HasEnded)
        {
            SseFrames.WriteComment(output, "what let you in has ended"u8);
            await output.FlushAsync(context.RequestAborted);
        }
        else if (!context.RequestAborted.IsCancellationRequested)
        {
            SseFrames.WriteRetry(output, RetryWhenLeaving);
            SseFrames.WriteComment(output, "this node is stopping; reconnect to go on"u8);
            await output.FlushAsync(context.RequestAborted);
        }
    }

    private OwnerCursor Cursor() => new(
        since ?? DateTimeOffset.UnixEpoch,
        followed.Where(each => !each.IsGone).ToImmutableSortedDictionary(each => each.Id, each => each.Sequence, StringComparer.Ordinal));

    // Whether they are written: nobody is waited for on behalf of who has left, nor where this node stops.
    private async Task<bool> WriteNewsAsync(PipeWriter output, CancellationToken ending)
    {
        var (now, behind) = (feed.Gaps, feed.After(place));
        if (gaps != now || behind is null)
        {
            // First the place, then the comparison: what happens between is told twice rather than not at all.
            (gaps, place) = (now, feed.Count);
            if (await ListAsync(ending) is not { } page)
            {
                return false;
            }

            WriteSnapshot(page, output);
            return true;
        }

        foreach (var news in behind)
        {
            place++;
            Saw(news.Conversation);
            OwnerEvents.Write(news, Cursor(), output);
        }

        return true;
    }

    private async Task<ConversationPage?> ListAsync(CancellationToken ending)
    {
        try
        {
            return await Patience.ReadAsync(left => owner.List(feed.Owner, Compared, after: null).WaitAsync(left), clock, ending);
        }
        catch (Exception) when (ending.IsCancellationRequested)
        {
            return null;
        }
    }

    private void WriteSnapshot(ConversationPage page, PipeWriter output)
    {
        var from = since - Skew;
        var changed = page.Conversations.Where(each => from is null || each.UpdatedAt >= from).ToList();
        var complete = !page.HasMore && (from is null ? page.Conversations.Length : changed.Count) <= Shown;
        since ??= DateTimeOffset.UnixEpoch;
        foreach (var each in page.Conversations)
        {
            Saw(each);
        }

        var snapshot = new SnapshotView(
            "snapshot",
            [.. changed.Take(Shown).Select(ConversationView.Of)],
            [.. page.Conversations.Select(each => each.Id.Value)],
            complete);
        OwnerEvents.Write(snapshot, Cursor(), output);
    }

    private void Saw(Conversation? conversation)
    {
        if (conversation is not null && conversation.UpdatedAt > since)
        {
            since = conversation.UpdatedAt;
        }
    }
}
