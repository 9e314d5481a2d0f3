namespace OrleansChat.Testing.Time;

/// <summary>
/// A clock that moves only when a test moves it. Timers fire on the thread that calls <see cref="Advance"/>, one by one in the
/// order in which they are due, each at exactly its time.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> timers = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> waiters = [];
    private readonly List<(DateTimeOffset Due, TaskCompletionSource Reached)> dueWaiters = [];
    private DateTimeOffset now;

    /// <summary>Creates the clock.</summary>
    /// <param name="start">What it shows first. Default: noon on 1 January 2030, UTC.</param>
    public ManualTimeProvider(DateTimeOffset? start = null) => now = start ?? new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are waiting to fire.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_lock)
            {
                return timers.Count;
            }
        }
    }

    /// <summary>How many of them fire after exactly this time, as the clock stands now.</summary>
    public int PendingTimersDueIn(TimeSpan time)
    {
        lock (_lock)
        {
            return timers.Count(timer => timer.Due == now + time);
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on, and fires what becomes due on the way, what those set included.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = GetUtcNow() + by;
        while (TakeDue(end) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>
    /// Completes when at least <paramref name="count"/> timers wait to fire: how a test knows that the code under test has come to
    /// its wait, before the test moves the clock.
    /// </summary>
    public Task WaitForTimersAsync(int count = 1)
    {
        lock (_lock)
        {
            if (timers.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add((count, reached));
            return reached.Task;
        }
    }

    /// <summary>Completes when a timer waits to fire after exactly this time, as the clock stands now.</summary>
    public Task WaitForTimerAsync(TimeSpan dueIn)
    {
        lock (_lock)
        {
            var due = now + dueIn;
            if (timers.Any(timer => timer.Due == due))
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            dueWaiters.Add((due, reached));
            return reached.Task;
        }
    }

    /// <summary>Lets a timer wait from now on, or no longer where <paramref name="dueTime"/> is infinite.</summary>
    internal void Schedule(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.Due = now + dueTime;
            timers.Add(timer);
            foreach (var waiter in dueWaiters.Where(waiter => waiter.Due == timer.Due).ToList())
            {
                dueWaiters.Remove(waiter);
                waiter.Reached.SetResult();
            }

            foreach (var waiter in waiters.Where(waiter => timers.Count >= waiter.Count).ToList())
            {
                waiters.Remove(waiter);
                waiter.Reached.SetResult();
            }
        }
    }

    private ManualTimer? TakeDue(DateTimeOffset end)
    {
        lock (_lock)
        {
            // Equal times fire in the order in which they were set.
            var next = timers.MinBy(timer => timer.Due);
            if (next is null || next.Due > end)
            {
                now = end;
                return null;
            }

            now = next.Due > now ? next.Due : now;
            timers.Remove(next);
            return next;
        }
    }
}
