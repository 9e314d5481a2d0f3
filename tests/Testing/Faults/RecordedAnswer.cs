using OrleansChat.Testing.Faults.Recordings;

namespace OrleansChat.Testing.Faults;

/// <summary>What a <see cref="RecordedUpstream"/> answers to one request: bytes, and what becomes of them.</summary>
/// <param name="bytes">The response, from its status line on.</param>
/// <param name="fault">What becomes of it on its way.</param>
/// <param name="closes">Whether the connection is closed after the response, as one that has neither a length nor chunks needs it.</param>
public sealed class RecordedAnswer(ReadOnlyMemory<byte> bytes, Fault fault, bool closes = false)
{
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A recorded response.</summary>
    public RecordedAnswer(Recording recording, Fault fault)
        : this(recording.Bytes, fault, recording.ClosesConnection)
    {
    }

    /// <summary>The response.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>What becomes of it.</summary>
    public Fault Fault => fault;

    /// <summary>Whether the connection is closed after the response.</summary>
    public bool Closes => closes;

    /// <summary>Completes when all that goes through has been sent, and the ending has happened; before a reset or a stall all of it has been read.</summary>
    public Task Reached => reached.Task;

    /// <summary>Completes when the connection is no more, whoever closed it, or carries the next response.</summary>
    public Task Left => left.Task;

    /// <summary>Tells that the response has come to its end or its cut.</summary>
    internal void HasReached() => reached.TrySetResult();

    /// <summary>Tells that the connection is done with it.</summary>
    internal void HasLeft()
    {
        reached.TrySetResult();
        left.TrySetResult();
    }
}
