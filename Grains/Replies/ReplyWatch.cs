using Microsoft.Extensions.Logging;

namespace OrleansChat.Replies;

/// <summary>
/// Looks at the replies that this silo produces, at each as often as it has to be (<see cref="ReplyChecks"/>). One timer does it for all of them: .NET goes
/// through all its timers three times a second, and a grain's timer is a turn of the grain each time.
/// </summary>
internal sealed partial class ReplyWatch : IDisposable
{
    // Of thousands of replies one is due at any moment. They are looked at together.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private readonly PriorityQueue<Watched, TimeSpan> next = new();
    private readonly ITimer timer;
    private readonly long start;
    private bool isLooking;

    public ReplyWatch(TimeProvider clock, ILogger<ReplyWatch> logger)
    {
        (this.clock, this.logger, start) = (clock, logger, clock.GetTimestamp());

        timer = Untied(() => clock.CreateTimer(static self => ((ReplyWatch)self!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
    }

    private TimeSpan Now => clock.GetElapsedTime(start);

    /// <summary>Looks at a reply from now on.</summary>
    /// <param name="look">The look, which takes no time.</param>
    /// <param name="period">The time from one look to the next.</param>
    /// <returns>To be disposed of when the reply has ended.</returns>
    public IDisposable Add(Action look, TimeSpan period)
    {
        var watched = new Watched(look, period);
        lock (gate)
        {
            var due = Now + period;
            var isFirst = !next.TryPeek(out _, out var first) || due < first;
            next.Enqueue(watched, due);
            if (isFirst)
            {
                Arm();
            }
        }

        return watched;
    }

    /// <inheritdoc />
    public void Dispose() => timer.Dispose();

    private void Look()
    {
        List<Watched> due = [];
        lock (gate)
        {
            if (isLooking)
            {
                return;
            }

            isLooking = true;
            var now = Now;
            while (next.TryPeek(out var watched, out var at) && at <= now)
            {
                next.Dequeue();
                if (!watched.HasEnded)
                {
                    due.Add(watched);
                    next.Enqueue(watched, now + watched.Period);
                }
            }
        }

        foreach (var watched in due)
        {
            try
            {
                watched.Look();
            }
            catch (Exception e)
            {
                // The others are to be looked at all the same.
                LogNotLookedAt(logger, e);
            }
        }

        lock (gate)
        {
            isLooking = false;
            Arm();
        }
    }

    private void Arm()
    {
        if (!isLooking && next.TryPeek(out _, out var due))
        {
            var left = due - Now;
            timer.Change(left > Pause ? left : Pause, Timeout.InfiniteTimeSpan);
        }
    }

    [LoggerMessage(LogLevel.Error, "A reply could not be looked at.")]
    private static partial void LogNotLookedAt(ILogger logger, Exception exception);

    // This is made in the turn of whichever grain replies first, and must not keep what belongs to that.
    private static ITimer Untied(Func<ITimer> create)
    {
        var isTied = !ExecutionContext.IsFlowSuppressed();
        if (isTied)
        {
            ExecutionContext.SuppressFlow();
        }

        try
        {
            return create();
        }
        finally
        {
            if (isTied)
            {
                ExecutionContext.RestoreFlow();
            }
        }
    }

    // One that has ended stays in the queue until it would be due, but keeps nothing alive.
    private sealed class Watched(Action look, TimeSpan period) : IDisposable
    {
        private volatile Action? look = look;

        public TimeSpan Period => period;

        public bool HasEnded => look is null;

        public void Look() => look?.Invoke();

        public void Dispose() => look = null;
    }
}
