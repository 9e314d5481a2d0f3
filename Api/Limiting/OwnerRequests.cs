namespace OrleansChat.Limiting;

/// <summary>Counts an owner's requests at this node, out of shares of what the cluster lets pass.</summary>
/// <param name="take">Takes a share.</param>
/// <param name="quota">How many requests a window has.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Where it is told that nobody could be asked.</param>
internal sealed partial class OwnerRequests(Func<Task<RequestSlice>> take, int quota, TimeProvider clock, ILogger logger)
{
    // Who counts is away with his silo. Requests pass uncounted for so long before somebody waits for an answer again.
    private static readonly TimeSpan Uncounted = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private RequestSlice slice = new(0, 0, TimeSpan.Zero);
    private long since;
    private int used;
    private Task? taking;

    /// <summary>Whether there is nothing to be lost by forgetting it.</summary>
    public bool IsOver
    {
        get
        {
            lock (gate)
            {
                return taking is null && clock.GetElapsedTime(since) >= slice.EndsIn;
            }
        }
    }

    /// <summary>Counts a request, if it may pass.</summary>
    public async ValueTask<RequestCount> CountAsync()
    {
        while (true)
        {
            Task pending;
            lock (gate)
            {
                var rest = slice.EndsIn - clock.GetElapsedTime(since);
                if (rest > TimeSpan.Zero && used < slice.Granted)
                {
                    used++;
                    return new RequestCount(Passes: true, Math.Min(quota, slice.Left + slice.Granted - used), rest);
                }

                if (rest > TimeSpan.Zero && slice.Granted == 0)
                {
                    return new RequestCount(Passes: false, Left: 0, rest);
                }

                pending = taking ??= TakeAsync();
            }

            await pending;
        }
    }

    private async Task TakeAsync()
    {
        // Not within the lock of whoever asks.
        await Task.Yield();
        RequestSlice next;
        try
        {
            next = await take();
        }
        catch (Exception e)
        {
            // Nobody is refused because nobody can be asked.
            LogUncounted(logger, e);
            next = new RequestSlice(int.MaxValue / 2, quota, Uncounted);
        }

        lock (gate)
        {
            (slice, since, used, taking) = (next, clock.GetTimestamp(), 0, null);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The requests of an owner are not counted for now: no silo answers.")]
    private static partial void LogUncounted(ILogger logger, Exception exception);
}
