using System.Collections.Concurrent;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests.Grains;

internal sealed class GuestGrain : Grain, IGuestGrain
{
    private static readonly ConcurrentDictionary<string, int> Activations = [];

    private int activation;

    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        activation = Activations.AddOrUpdate(this.GetPrimaryKeyString(), 1, (_, count) => count + 1);
        if (Has(Habits.FailsAtFirst) && activation == 1)
        {
            throw new RefusedException("not today", 7);
        }

        if (Has(Habits.ComesSlowly))
        {
            Probe.Tell("comes");
            await Probe.PassAsync("activate");
        }

        if (Has(Habits.TellsReasons))
        {
            Probe.Tell("comes");
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (Has(Habits.LeavesBadly))
        {
            throw new InvalidOperationException("slams the door");
        }

        if (Has(Habits.LeavesSlowly))
        {
            Probe.Tell("leaves");
            await Probe.PassAsync("deactivate");
            Probe.Tell("left");
        }

        if (Has(Habits.TellsReasons))
        {
            Probe.Tell($"leaves: {reason.ReasonCode}");
        }
    }

    public Task<int> Visit() => Task.FromResult(activation);

    public Task Work(string name) => WorkerGrain.WorkAsync(Probe, name);

    public Task Interleave(string name) => WorkerGrain.WorkAsync(Probe, name);

    public Task LeaveAfter(string name)
    {
        DeactivateOnIdle();
        return WorkerGrain.WorkAsync(Probe, name);
    }

    public Task TellAndLeaveAtTimes(int number)
    {
        Probe.Tell($"{number}");
        if (number % 10 == 0)
        {
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }

    private bool Has(string habit) => this.GetPrimaryKeyString().EndsWith(habit, StringComparison.Ordinal);
}

/// <summary>An exception that crosses calls with all that it carries.</summary>
[GenerateSerializer, Alias("ActorTests.RefusedException")]
public sealed class RefusedException(string message, int code) : Exception(message)
{
    [Id(0)]
    public int Code { get; } = code;
}
