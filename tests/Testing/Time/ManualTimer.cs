namespace OrleansChat.Testing.Time;

/// <summary>A timer of a <see cref="ManualTimeProvider"/>.</summary>
internal sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan period = Timeout.InfiniteTimeSpan;
    private bool isDisposed;

    /// <summary>When it fires next; the clock's to set.</summary>
    public DateTimeOffset Due { get; set; }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (isDisposed)
        {
            return false;
        }

        // A period of zero means once, as in the system's timers.
        this.period = period == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : period;
        clock.Schedule(this, dueTime);
        return true;
    }

    /// <summary>Runs the callback; a periodic timer waits again first, so that the callback may change that.</summary>
    public void Fire()
    {
        if (isDisposed)
        {
            return;
        }

        if (this.period != Timeout.InfiniteTimeSpan)
        {
            clock.Schedule(this, this.period);
        }

        callback(state);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        isDisposed = true;
        clock.Schedule(this, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
