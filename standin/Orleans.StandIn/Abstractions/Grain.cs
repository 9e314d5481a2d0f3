using Orleans.StandIn.Activations;

namespace Orleans;

/// <summary>The base of all grain classes.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    private readonly Activation? activation = Activation.Current;

    /// <summary>What the runtime holds for this activation.</summary>
    public IGrainContext GrainContext => Activated;

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => Activated.Silo.Grains;

    /// <summary>The activation's own scope of services.</summary>
    protected IServiceProvider ServiceProvider => Activated.ActivationServices;

    private Activation Activated => activation ?? throw new InvalidOperationException("This grain was created outside of the runtime.");

    /// <summary>Called before the first request. When it throws, callers get the exception and the next call tries anew.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called after the last request.</summary>
    /// <param name="reason">Why the activation leaves.</param>
    /// <param name="cancellationToken">Signals that nobody waits any longer.</param>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Has this activation leave once its running requests have ended. Later requests go to a new one.</summary>
    protected void DeactivateOnIdle() =>
        Activated.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));

    /// <summary>Keeps this activation from being collected for a time; zero takes that back, infinite is for ever.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => Activated.DelayDeactivation(timeSpan);
}

/// <summary>What the runtime asks of a grain class.</summary>
public interface IGrainBase
{
    /// <summary>What the runtime holds for this activation.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Called before the first request.</summary>
    Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called after the last request.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;
}
