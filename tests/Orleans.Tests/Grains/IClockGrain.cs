using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests.Grains;

/// <summary>Has timers.</summary>
[Alias("ActorTests.IClockGrain")]
public interface IClockGrain : IGrainWithStringKey
{
    /// <summary>Has a timer tell its name at every tick, and wait for the gate of that name.</summary>
    [Alias("Start")]
    Task Start(string name, bool interleave, bool keepAlive);

    /// <summary>Has a timer throw at its first tick, and tell "alive" at the next.</summary>
    [Alias("StartFailing")]
    Task StartFailing();

    /// <summary>Has a timer stop itself at its first tick, which it tells.</summary>
    [Alias("StartOnce")]
    Task StartOnce();

    /// <summary>Does a piece of work, as <see cref="IWorkerGrain"/> does.</summary>
    [Alias("Work")]
    Task Work(string name);

    /// <summary>Keeps the activation from being collected.</summary>
    [Alias("Stay")]
    Task Stay();

    /// <summary>Leaves when it is idle, and opens the gate "left" then.</summary>
    [Alias("Leave")]
    Task Leave();
}

internal sealed class ClockGrain : Grain, IClockGrain
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Probe.Open("left");
        Probe.Kept.Enqueue(reason.ReasonCode);
        return Task.CompletedTask;
    }

    public Task Start(string name, bool interleave, bool keepAlive)
    {
        this.RegisterGrainTimer(
            static async (clock, _) =>
            {
                clock.Probe.Tell(clock.Name);
                await clock.Probe.PassAsync(clock.Name);
            },
            (Probe, Name: name),
            new GrainTimerCreationOptions(Soon, Soon) { Interleave = interleave, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task StartFailing()
    {
        var ticks = 0;
        this.RegisterGrainTimer(
            () =>
            {
                Probe.Tell(++ticks == 1 ? "fails" : "alive");
                return ticks == 1 ? throw new InvalidOperationException("a bad start") : Task.CompletedTask;
            },
            new GrainTimerCreationOptions(Soon, Soon));
        return Task.CompletedTask;
    }

    public Task StartOnce()
    {
        IGrainTimer? timer = null;
        timer = this.RegisterGrainTimer(
            cancellationToken =>
            {
                timer!.Dispose();
                Probe.Tell($"once, {cancellationToken.IsCancellationRequested}");
                return Task.CompletedTask;
            },
            new GrainTimerCreationOptions(Soon, Soon));
        return Task.CompletedTask;
    }

    public Task Work(string name) => WorkerGrain.WorkAsync(Probe, name);

    public Task Stay()
    {
        DelayDeactivation(TimeSpan.FromHours(1));
        return Task.CompletedTask;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
