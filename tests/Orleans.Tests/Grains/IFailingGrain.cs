using Orleans.Concurrency;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests.Grains;

/// <summary>Fails, and can be cancelled.</summary>
[Alias("ActorTests.IFailingGrain")]
public interface IFailingGrain : IGrainWithStringKey
{
    [Alias("FailAtOnce")]
    Task FailAtOnce();

    [Alias("FailLater")]
    Task<int> FailLater();

    [Alias("GiveUp")]
    Task GiveUp();

    /// <summary>Calls another one's <see cref="FailLater"/> and says what came back.</summary>
    [Alias("Relay")]
    Task<string> Relay(IFailingGrain other);

    /// <summary>Tells its start, and, once the token is cancelled, that.</summary>
    [Alias("WaitFor")]
    Task WaitFor(string name, CancellationToken cancellationToken);

    [Alias("Tell"), AlwaysInterleave]
    Task Tell(string name);
}

internal sealed class FailingGrain : Grain, IFailingGrain
{
    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public Task FailAtOnce() => throw new RefusedException("at once", 1);

    public async Task<int> FailLater()
    {
        await Task.Yield();
        throw new RefusedException("later", 2);
    }

    public async Task GiveUp()
    {
        await Task.Yield();
        throw new OperationCanceledException("given up");
    }

    public async Task<string> Relay(IFailingGrain other)
    {
        try
        {
            return $"{await other.FailLater()}";
        }
        catch (RefusedException e)
        {
            return $"{e.Message} {e.Code} {e.StackTrace!.Contains(nameof(FailLater), StringComparison.Ordinal)}";
        }
    }

    public async Task WaitFor(string name, CancellationToken cancellationToken)
    {
        var own = TaskScheduler.Current;
        using var registration = cancellationToken.Register(() => Probe.Tell($"{name} cancelled, {TaskScheduler.Current == own}"));
        Probe.Tell($"{name} starts");
        await Probe.PassAsync(name);
        cancellationToken.ThrowIfCancellationRequested();
        Probe.Tell($"{name} ends");
    }

    public Task Tell(string name)
    {
        Probe.Tell(name);
        return Task.CompletedTask;
    }
}
