namespace OrleansChat.Feeds;

/// <summary>
/// One question at a time, whose answer all share who asked before it was put. Whoever asks while it is being answered may have come too
/// late for it, and shares the next one with all others who do: a thousand readers who come back at once cost two questions.
/// </summary>
/// <param name="ask">Puts the question, for a reader at a cursor.</param>
internal sealed class SharedRefresh(Func<long, Task> ask)
{
    private readonly Lock gate = new();

    // The question that is being answered, and the one that waits for that.
    private TaskCompletionSource? current;
    private TaskCompletionSource? next;

    /// <summary>Whether a question is being answered.</summary>
    public bool IsUnderWay => Volatile.Read(ref current) is not null;

    /// <summary>Done when a question that was put after this call is answered; fails as the question does.</summary>
    /// <param name="after">The cursor of the reader who asks; counts where he is the first.</param>
    /// <param name="cancellationToken">Stops waiting, not the question.</param>
    /// <param name="orUnderWay">Whether the answer will do to a question that was put before this call.</param>
    public Task RunAsync(long after, CancellationToken cancellationToken, bool orUnderWay = false)
    {
        TaskCompletionSource shared;
        var isFirst = false;
        lock (gate)
        {
            if (current is null)
            {
                isFirst = true;
                shared = current = NewCompletion();
            }
            else
            {
                shared = orUnderWay ? current : next ??= NewCompletion();
            }
        }

        if (isFirst)
        {
            _ = AskUntilNobodyWaitsAsync(after);
        }

        return shared.Task.WaitAsync(cancellationToken);
    }

    private async Task AskUntilNobodyWaitsAsync(long after)
    {
        var isWaitedFor = true;
        while (isWaitedFor)
        {
            Exception? failure = null;
            try
            {
                await ask(after);
            }
            catch (Exception e)
            {
                failure = e;
            }

            TaskCompletionSource answered;
            lock (gate)
            {
                answered = current!;
                (current, next) = (next, null);
                isWaitedFor = current is not null;
            }

            if (failure is null)
            {
                answered.SetResult();
            }
            else
            {
                answered.SetException(failure);

                // Everybody who waited may have left.
                _ = answered.Task.Exception;
            }
        }
    }

    private static TaskCompletionSource NewCompletion() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
