using System.Net.Sockets;

namespace OrleansChat.Testing.Faults;

/// <summary>One connection through a <see cref="FaultProxy"/>.</summary>
public sealed class ProxiedConnection
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Socket client;

    internal ProxiedConnection(Socket socket, Fault fault)
    {
        client = socket;
        Fault = fault;
    }

    /// <summary>What becomes of its response direction.</summary>
    public Fault Fault { get; }

    /// <summary>Completes when the response direction has come to its cut, or the connection has ended.</summary>
    public Task Reached => reached.Task;

    /// <summary>Completes when the connection is no more.</summary>
    public Task Closed => closed.Task;

    /// <summary>Resets the connection now.</summary>
    public void Reset() => ResponseEnding.Abort(client);

    /// <summary>Tells that the cut is reached.</summary>
    internal void HasReached() => reached.TrySetResult();

    /// <summary>Tells that the connection is no more.</summary>
    internal void HasClosed()
    {
        reached.TrySetResult();
        closed.TrySetResult();
    }
}
