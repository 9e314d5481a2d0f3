using Microsoft.Extensions.Logging;

namespace Orleans.StandIn.Activations;

internal sealed partial class Activation
{
    private readonly TaskCompletionSource deactivated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource activating = new();
    private ActivationState state;
    private DeactivationReason reason;
    private CancellationToken deactivationLimit;
    private bool wasValid;

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

        if (!wasValid)
        {
            activating.Cancel();
        }

        wakeUp.Signal();
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
                activating.CancelAfter(Timeout.InfiniteTimeSpan);
            }

            lock (gate)
            {
                if (state == ActivationState.Activating)
                {
                    state = ActivationState.Valid;
                }
            }
        }
        catch (OperationCanceledException) when (state == ActivationState.Deactivating)
        {
            // Asked to leave before it had come: whoever waits goes on to the next activation.
        }
        catch (Exception e)
        {
            LogNotActivated(Silo.Logger, e, GrainId);
            Deactivate(new DeactivationReason(DeactivationReasonCode.ActivationFailed, e, "Failed to activate grain."));
        }
    }

    [LoggerMessage(LogLevel.Error, "Error activating grain {Grain}")]
    private static partial void LogNotActivated(ILogger logger, Exception exception, GrainId grain);
}
