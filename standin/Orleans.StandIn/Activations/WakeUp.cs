namespace Orleans.StandIn.Activations;

/// <summary>Wakes one waiter. A signal while nobody waits is kept, and kept once.</summary>
internal sealed class WakeUp
{
    private readonly Lock gate = new();
    private TaskCompletionSource? waiter;
    private bool signaled;

    public void Signal()
    {
        TaskCompletionSource? woken;
        lock (gate)
        {
            woken = waiter;
            waiter = null;
            signaled = woken is null;
        }

        woken?.SetResult();
    }

    public Task WaitAsync()
    {
        lock (gate)
        {
            if (signaled)
            {
                signaled = false;
                return Task.CompletedTask;
            }

            waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return waiter.Task;
        }
    }
}
