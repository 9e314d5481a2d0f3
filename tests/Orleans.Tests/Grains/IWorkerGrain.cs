using Orleans.Concurrency;

namespace OrleansChat.ActorTests.Grains;

/// <summary>Does named pieces of work: each tells its start, waits for the gate of its name, and tells its end.</summary>
[Alias("ActorTests.IWorkerGrain")]
public interface IWorkerGrain : IGrainWithStringKey
{
    [Alias("Work")]
    Task Work(string name);

    /// <summary>As <see cref="Work"/>, with callers who wait no longer than a tenth of a second.</summary>
    [Alias("WorkFast"), ResponseTimeout("00:00:00.1")]
    Task WorkFast(string name);

    [Alias("Interleave"), AlwaysInterleave]
    Task Interleave(string name);

    [Alias("Look"), ReadOnly]
    Task Look(string name);

    [Alias("Notify"), OneWay]
    Task Notify(string name);

    /// <summary>Starts a piece of work and does not wait for it.</summary>
    [Alias("StartInBackground")]
    Task StartInBackground(string name);

    /// <summary>Tells a name, at once.</summary>
    [Alias("Tell")]
    Task Tell(string name);

    /// <summary>Has another grain tell numbers, without waiting for each.</summary>
    [Alias("SendNumbers")]
    Task SendNumbers(IWorkerGrain to, int count);

    /// <summary>Adds to a counter that has no lock, over several turns; the sum so far.</summary>
    [Alias("Count"), AlwaysInterleave]
    Task<int> Count(int times);

    /// <summary>Whether code is on the activation's scheduler: before and after an await, in Task.Run, and after that.</summary>
    [Alias("WhereAmI")]
    Task<bool[]> WhereAmI();

    /// <summary>Calls itself and waits for the answer, which cannot come.</summary>
    [Alias("CallSelf")]
    Task<string> CallSelf();
}

/// <summary>As <see cref="IWorkerGrain"/>, with all calls interleaving.</summary>
[Alias("ActorTests.IReentrantGrain")]
public interface IReentrantGrain : IGrainWithStringKey
{
    [Alias("Work")]
    Task Work(string name);
}

/// <summary>As <see cref="IWorkerGrain"/>, with two activations.</summary>
[Alias("ActorTests.IPairGrain")]
public interface IPairGrain : IGrainWithStringKey
{
    [Alias("Work")]
    Task Work(string name);
}
