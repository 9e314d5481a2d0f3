using System.Threading.Tasks.Sources;

namespace OrleansChat.Feeds;

/// <summary>
/// One reader's wait for the next change, used over and over: a task for each would be made for every token, and would still be needed when the garbage
/// collector comes by. Guarded by the feed, but for what its one reader does with <see cref="Changed"/>.
/// </summary>
/// <param name="group">With whom the reader waits.</param>
internal sealed class ReaderWait(ReaderGroup group) : IValueTaskSource
{
    // The feed is told of news by a thread that has others to tell.
    private ManualResetValueTaskSourceCore<bool> source = new() { RunContinuationsAsynchronously = true };
    private bool isWaiting;

    /// <summary>With whom the reader waits.</summary>
    public ReaderGroup Group => group;

    /// <summary>
    /// Done with the group's next signal; the same one until then. To be awaited once at most, and no more when the next one was asked for.
    /// </summary>
    public ValueTask Changed
    {
        get
        {
            if (!isWaiting)
            {
                isWaiting = true;
                source.Reset();
                group.Add(this);
            }

            return new ValueTask(this, source.Version);
        }
    }

    /// <summary>Ends the wait.</summary>
    public void End()
    {
        isWaiting = false;
        source.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        source.OnCompleted(continuation, state, token, flags);
}
