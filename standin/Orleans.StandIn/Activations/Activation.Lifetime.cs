using Microsoft.Extensions.Logging;

namespace Orleans.StandIn.Activations;

internal sealed partial class Activation
{
    private readonly TaskCompletionSource deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource activating = new();
    private readonly HashSet<GrainTimer> timers = [];
    private ActivationState state;
    private DeactivationReason reason;
    private CancellationToken deactivationLimit;
    private bool wasValid;
    private long lastUse = Environment.TickCount64;
    private DateTimeOffset keepUntil = DateTimeOffset.MinValue;

    public Task Deactivated => deactivated.Task;

    public void Start() => Post(LiveAsync);

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            if (state is ActivationState.Deactivating or ActivationState.Invalid)
            {
                return;
            }

            wasValid = state == ActivationState.Valid;
            state = ActivationState.Deactivating;
            reason = deactivationReason;
            deactivationLimit = cancellationToken;
        }

        activating.Cancel();
        wakeUp.Signal();
    }

    public void DelayDeactivation(TimeSpan time) =>
        keepUntil = time == Timeout.InfiniteTimeSpan || time == TimeSpan.MaxValue ? DateTimeOffset.MaxValue
            : time <= TimeSpan.Zero ? DateTimeOffset.MinValue
            : DateTimeOffset.UtcNow + time;

    /// <summary>Has the activation leave if nobody has used it for a time.</summary>
    public void DeactivateIfIdle(TimeSpan age)
    {
        lock (gate)
        {
            var idle = state == ActivationState.Valid
                && running.Count == 0
                && waiting.Count == 0
                && Environment.TickCount64 - lastUse >= age.TotalMilliseconds
                && DateTimeOffset.UtcNow >= keepUntil;
            if (idle)
            {
                Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationIdle, $"Nobody used the activation for {age}."));
            }
        }
    }

    public GrainTimer AddTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        if (Current != this)
        {
            throw new InvalidOperationException("A grain registers its timers on its own scheduler, so not within Task.Run.");
        }

        var timer = new GrainTimer(this, callback, options, Silo.Logger);
        lock (gate)
        {
            timers.Add(timer);
        }

        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void RemoveTimer(GrainTimer timer)
    {
        lock (gate)
        {
            timers.Remove(timer);
        }
    }

    private async Task LiveAsync()
    {
        await ActivateAsync();
        while (true)
        {
            lock (gate)
            {
                if (state == ActivationState.Deactivating && running.Count == 0)
                {
                    break;
                }
            }

            StartRequests();
            await wakeUp.WaitAsync();
        }

        await LeaveAsync();
    }

    private async Task ActivateAsync()
    {
        try
        {
            GrainInstance = Class.Create(ActivationServices);
            if (GrainInstance is IGrainBase grain)
            {
                activating.CancelAfter(Silo.Collection.ActivationTimeout);
                await grain.OnActivateAsync(activating.Token).WaitAsync(activating.Token);
            }

            lock (gate)
            {
                if (state == ActivationState.Activating)
                {
                    state = ActivationState.Valid;
                }
            }
        }
        catch (Exception e)
        {
            LogNotActivated(Silo.Logger, e, GrainId);
            Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationFailed, e, "Failed to activate grain."));
        }
    }

    private async Task LeaveAsync()
    {
        foreach (var timer in timers.ToArray())
        {
            timer.Dispose();
        }

        try
        {
            if (wasValid && GrainInstance is IGrainBase grain)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(deactivationLimit);
                limit.CancelAfter(Silo.Collection.DeactivationTimeout);
                await grain.OnDeactivateAsync(reason, limit.Token).WaitAsync(limit.Token);
            }
        }
        catch (Exception e)
        {
            // An activation that cannot say goodbye leaves all the same.
            LogDeactivationFailed(Silo.Logger, e, GrainId);
        }

        await DisposeAsync();
        Silo.Catalog.Remove(this);
        lock (gate)
        {
            state = ActivationState.Invalid;
        }

        // From here on nothing is added. A failed activation fails those who waited for it; any other has a successor.
        foreach (var request in waiting.Where(request => !request.IsLocalOnly && !request.IsAbandoned))
        {
            if (reason.Exception is { } exception)
            {
                request.Reject(exception);
            }
            else if (request.TryForward())
            {
                Silo.Catalog.Dispatch(GrainId, request);
            }
            else
            {
                request.Reject(new OrleansMessageRejectionException($"Forwarding failed: {GrainId} keeps leaving. {request}"));
            }
        }

        waiting.Clear();
        deactivated.SetResult();
    }

    private async Task DisposeAsync()
    {
        try
        {
            switch (GrainInstance)
            {
                case IAsyncDisposable instance:
                    await instance.DisposeAsync();
                    break;
                case IDisposable instance:
                    instance.Dispose();
                    break;
            }

            await scope.DisposeAsync();
        }
        catch (Exception e)
        {
            LogDeactivationFailed(Silo.Logger, e, GrainId);
        }
    }

    [LoggerMessage(LogLevel.Error, "Error activating grain {Grain}")]
    private static partial void LogNotActivated(ILogger logger, Exception exception, GrainId grain);

    [LoggerMessage(LogLevel.Error, "Error deactivating grain {Grain}")]
    private static partial void LogDeactivationFailed(ILogger logger, Exception exception, GrainId grain);
}
