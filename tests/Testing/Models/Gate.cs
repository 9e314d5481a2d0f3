namespace OrleansChat.Testing.Models;

/// <summary>A place in a script where the server waits for the test, and the test may wait for the server.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the server has come to the gate: everything before it has been sent.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Lets the server pass, now or when it comes.</summary>
    public void Open() => _opened.TrySetResult();

    /// <summary>What the server does at the gate.</summary>
    internal Task PassAsync(CancellationToken cancellationToken)
    {
        _reached.TrySetResult();
        return _opened.Task.WaitAsync(cancellationToken);
    }
}
