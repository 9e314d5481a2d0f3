namespace Orleans.Runtime;

/// <summary>What the runtime holds for one activation of a grain.</summary>
public interface IGrainContext
{
    /// <summary>The name of the grain.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain; null until it is constructed.</summary>
    object? GrainInstance { get; }

    /// <summary>The activation's own scope of services.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation is gone.</summary>
    Task Deactivated { get; }

    /// <summary>Has the activation leave once its running requests have ended.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
