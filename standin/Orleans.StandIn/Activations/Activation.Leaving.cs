using Microsoft.Extensions.Logging;

namespace Orleans.StandIn.Activations;

/// <content>When it leaves for lack of use, and how it leaves.</content>
internal sealed partial class Activation
{
    private long lastUse = Environment.TickCount64;
    private DateTimeOffset keepUntil = DateTimeOffset.MinValue;

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

    private async Task LeaveAsync()
    {
        DisposeTimers();
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

        HandOver();
        deactivated.SetResult();
    }

    // From here on nothing is added. A failed activation fails those who waited for it; any other has a successor.
    private void HandOver()
    {
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

    [LoggerMessage(LogLevel.Error, "Error deactivating grain {Grain}")]
    private static partial void LogDeactivationFailed(ILogger logger, Exception exception, GrainId grain);
}
