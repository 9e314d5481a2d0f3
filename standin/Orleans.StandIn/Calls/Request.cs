using Orleans.StandIn.Activations;

namespace Orleans.StandIn.Calls;

/// <summary>Something that an activation runs as one of its requests.</summary>
internal abstract class Request
{
    // Orleans' default. A grain that leaves faster than it works must not hand a call on for ever.
    private const int ForwardLimit = 2;

    private int forwards;

    /// <summary>Starts whatever the activation is doing.</summary>
    public virtual bool IsAlwaysInterleave => false;

    /// <summary>Starts while another such request runs.</summary>
    public virtual bool IsReadOnly => false;

    /// <summary>Counts as use of the activation.</summary>
    public virtual bool KeepsAlive => true;

    /// <summary>Concerns this one activation, even a leaving one, and is not handed to the next.</summary>
    public virtual bool IsLocalOnly => false;

    /// <summary>Nobody waits for it any more, so it need not start.</summary>
    public virtual bool IsAbandoned => false;

    /// <summary>Runs on the activation's scheduler, and never throws.</summary>
    public abstract Task RunAsync(Activation activation);

    /// <summary>It will not run.</summary>
    public abstract void Reject(Exception exception);

    /// <summary>Whether it may go on to the next activation of its grain.</summary>
    public bool TryForward() => forwards++ < ForwardLimit;
}
