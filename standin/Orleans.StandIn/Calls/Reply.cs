using Orleans.StandIn.Copying;

namespace Orleans.StandIn.Calls;

/// <summary>What a caller waits for.</summary>
internal abstract class Reply
{
    /// <summary>The task to give to the caller, of the type that the method returns.</summary>
    public abstract object Awaitable { get; }

    /// <summary>Waits for what the grain's method returned and hands a copy of the result to the caller.</summary>
    public abstract Task FollowAsync(object? returned);

    /// <summary>Ends the caller's wait; false when it had ended.</summary>
    public abstract bool TryFail(Exception exception);

    /// <summary>Ends the caller's wait with nothing; false when it had ended.</summary>
    public abstract bool TrySucceed();
}

/// <inheritdoc cref="Reply" />
/// <param name="returns">What the method returns: a task or value task, with a result or without.</param>
internal sealed class Reply<T>(Type returns) : Reply
{
    private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override object Awaitable =>
        returns == typeof(ValueTask) ? new ValueTask(completion.Task)
        : returns == typeof(ValueTask<T>) ? new ValueTask<T>(completion.Task)
        : completion.Task;

    public override async Task FollowAsync(object? returned)
    {
        switch (returned)
        {
            case Task<T> task when returns != typeof(Task):
                completion.TrySetResult(DeepCopier.Copy(await task));
                break;
            case ValueTask<T> task:
                completion.TrySetResult(DeepCopier.Copy(await task));
                break;
            case Task task:
                await task;
                TrySucceed();
                break;
            case ValueTask task:
                await task;
                TrySucceed();
                break;
            default:
                throw new InvalidOperationException("The grain's method returned null in place of a task.");
        }
    }

    public override bool TryFail(Exception exception) => completion.TrySetException(exception);

    public override bool TrySucceed() => completion.TrySetResult(default!);
}
