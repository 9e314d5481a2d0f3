namespace OrleansChat.Models.Demo;

/// <summary>
/// Holds a stream of tokens to a rate. Every token is due at a time counted from the start, not from the token before, so that
/// neither the timer's coarseness nor the reader's pauses add up: what has become due meanwhile comes at once.
/// </summary>
internal sealed class DemoPace(double tokensPerSecond, TimeProvider time)
{
    // What a timer can wait for. A shorter wait would round to none, and spin until the token is due.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    // A reader that is slower than the rate never waits here; it gives its thread, perhaps a grain's, to others now and then.
    private const int TokensAtOnce = 128;

    private readonly long start = time.GetTimestamp();
    private int atOnce;

    /// <summary>Waits until the token is due.</summary>
    /// <param name="token">The token's number, from 1.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask WaitForAsync(int token, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var due = TimeSpan.FromTicks((long)(token * (TimeSpan.TicksPerSecond / tokensPerSecond)));
        var wait = due - time.GetElapsedTime(start);
        if (wait > TimeSpan.Zero)
        {
            atOnce = 0;
            await Task.Delay(wait > ShortestWait ? wait : ShortestWait, time, cancellationToken);
        }
        else if (++atOnce == TokensAtOnce)
        {
            atOnce = 0;
            await Task.Yield();
        }
    }
}
