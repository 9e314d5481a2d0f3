namespace OrleansChat.Testing.Models;

/// <summary>A place in a script where the server waits for the test, and the test may wait for the server.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the server has come to the gate: everything before it has been sent.</summary>
    public Task Reached => reached.Task;

    /// <summary>Lets the server pass, now or when it comes.</summary>
    public void Open() => opened.TrySetResult();

    /// <summary>What the server does at the gate.</summary>
    internal Task PassAsync(CancellationToken cancellationToken)
    {
        reached.TrySetResult();
        return opened.Task.WaitAsync(cancellationToken);
    }
}
