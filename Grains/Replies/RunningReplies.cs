using OrleansChat.Telemetry;

namespace OrleansChat.Replies;

/// <summary>Counts the replies that this silo produces, so that a silo about to stop can wait for their ends.</summary>
public sealed class RunningReplies
{
    private readonly Lock gate = new();
    private TaskCompletionSource? none;

    /// <summary>How many run.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the silo is about to stop, and no further reply should start here.</summary>
    public bool AreLeaving { get; private set; }

    /// <summary>Has no further reply start here.</summary>
    public void Leave() => AreLeaving = true;

    /// <summary>Done at the first moment from now on at which none runs.</summary>
    public Task WhenNoneAsync()
    {
        lock (gate)
        {
            return Count == 0
                ? Task.CompletedTask
                : (none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    internal void Started()
    {
        lock (gate)
        {
            Count++;
        }

        ReplyInstruments.Started();
    }

    internal void Ended()
    {
        lock (gate)
        {
            if (--Count == 0)
            {
                none?.SetResult();
                none = null;
            }
        }

        ReplyInstruments.Ended();
    }
}
