using Microsoft.Extensions.Logging;

namespace OrleansChat.Limiting;

/// <summary>
/// The tokens that a running reply may cost. It is granted them in slices, the next of which is asked for while the last is spent: usually nobody waits, and a
/// token costs a comparison. One thread spends.
/// </summary>
/// <param name="take">Takes tokens out of the budget: told how many it takes to go on, says how many there are.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Where it is told that nobody could be asked.</param>
internal sealed partial class TokenAllowance(Func<long, Task<long>> take, TimeProvider clock, ILogger logger)
{
    // Who counts is away with his silo for about two seconds. Nobody's reply is stopped for that.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // What a reply goes on with meanwhile. The ledger has it all in the end.
    private const int Unasked = 1_024;

    private long before;
    private long granted;
    private long nextAt = long.MaxValue;
    private Task asking = Task.CompletedTask;

    /// <summary>How many tokens it was granted.</summary>
    public long Granted => Volatile.Read(ref granted);

    /// <summary>Takes what something costs that has to be paid before the reply itself: a summary of what its model is not shown.</summary>
    /// <returns>Whether there is as much; where not, nothing is taken that the reply could not have.</returns>
    public async Task<bool> SpendAsync(long tokens)
    {
        if (!await HasAsync(before + tokens))
        {
            return false;
        }

        before += tokens;
        return true;
    }

    /// <summary>Takes what is spent before the first piece.</summary>
    /// <returns>Whether there is anything left for a piece.</returns>
    public Task<bool> BeginAsync(long input)
    {
        before += input;
        return HasAsync(before + 1);
    }

    /// <summary>Whether a reply that has written so many tokens is within what it was granted.</summary>
    public bool Covers(long written)
    {
        var spent = before + written;
        if (spent >= Volatile.Read(ref nextAt))
        {
            Volatile.Write(ref nextAt, long.MaxValue);
            asking = TakeAsync(wanted: 1);
        }

        return spent <= Volatile.Read(ref granted);
    }

    /// <summary>Waits for what was asked for, and asks once more where that does not do.</summary>
    /// <returns>Whether a reply that has written so many tokens may go on; false where there are no more today.</returns>
    public async ValueTask<bool> WaitAsync(long written)
    {
        var spent = before + written;
        await asking;
        if (spent > granted)
        {
            // What others had then they may have given back by now.
            asking = TakeAsync(spent - granted);
            await asking;
        }

        return spent <= granted;
    }

    private async Task<bool> HasAsync(long tokens)
    {
        if (tokens > granted)
        {
            await TakeAsync(tokens - granted);
        }

        return tokens <= granted;
    }

    private async Task TakeAsync(long wanted)
    {
        var slice = await AskAsync(wanted);
        var total = granted + slice;
        Volatile.Write(ref granted, total);
        Volatile.Write(ref nextAt, total - (slice / 2));
    }

    private async Task<long> AskAsync(long wanted)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return await take(wanted);
            }
            catch (Exception e)
            {
                if (clock.GetElapsedTime(start) >= Patience)
                {
                    LogNotAsked(logger, e);
                    return Math.Max(wanted, Unasked);
                }
            }

            await Task.Delay(Pause, clock);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Nobody could be asked whether an owner has tokens left: a reply goes on without.")]
    private static partial void LogNotAsked(ILogger logger, Exception exception);
}
