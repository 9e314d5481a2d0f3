using OrleansChat.Conversations;

namespace OrleansChat.Feeds;

/// <summary>
/// Pages of a conversation's past, read once for all readers who are at the same place: hundreds who come with the same cursor, as after a
/// reload of a page that many have open, cost one read and one page. A page is remembered only as long as somebody writes it.
/// </summary>
/// <param name="read">Reads the page that begins after a cursor.</param>
internal sealed class SharedPages(Func<long, Task<ReadResult>> read)
{
    // Readers who come together are at few places. Those who are spread over a long past are read for one by one.
    private const int Most = 16;

    private readonly Lock gate = new();
    private readonly Dictionary<long, Task<ReadResult>> underWay = [];
    private readonly Dictionary<long, WeakReference<ReadResult>> written = [];

    /// <summary>The page that begins after a cursor. It may lack what came after it was read; that is on the next one.</summary>
    public Task<ReadResult> ReadAsync(long after)
    {
        lock (gate)
        {
            if (written.TryGetValue(after, out var known) && known.TryGetTarget(out var page))
            {
                return Task.FromResult(page);
            }

            if (underWay.TryGetValue(after, out var reading))
            {
                return reading;
            }

            return underWay[after] = ReadAndTellAsync(after);
        }
    }

    private async Task<ReadResult> ReadAndTellAsync(long after)
    {
        // Not within the caller's lock, which ends before this is done.
        await Task.Yield();
        ReadResult? page = null;
        try
        {
            return page = await read(after);
        }
        finally
        {
            lock (gate)
            {
                underWay.Remove(after);
                Remember(after, page);
            }
        }
    }

    private void Remember(long after, ReadResult? page)
    {
        // An empty page is no page: something may come after the cursor at any time.
        if (page is not ReadResult.Events { Blocks.Length: > 0 })
        {
            return;
        }

        if (written.Count >= Most)
        {
            foreach (var (place, known) in written)
            {
                if (!known.TryGetTarget(out _))
                {
                    written.Remove(place);
                }
            }
        }

        if (written.Count < Most)
        {
            written[after] = new WeakReference<ReadResult>(page);
        }
    }
}
