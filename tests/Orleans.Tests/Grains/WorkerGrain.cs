using Orleans.Concurrency;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests.Grains;

internal sealed class WorkerGrain : Grain, IWorkerGrain
{
    private int counter;
    private int inside;

    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public Task Work(string name) => WorkAsync(Probe, name);

    public Task WorkFast(string name) => WorkAsync(Probe, name);

    public Task Interleave(string name) => WorkAsync(Probe, name);

    public Task Look(string name) => WorkAsync(Probe, name);

    public Task Notify(string name) => WorkAsync(Probe, name);

    public Task StartInBackground(string name)
    {
        _ = WorkAsync(Probe, name);
        return Task.CompletedTask;
    }

    public Task Tell(string name)
    {
        Probe.Tell(name);
        return Task.CompletedTask;
    }

    public Task SendNumbers(IWorkerGrain to, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(number => to.Tell($"{number}")));

    public async Task<int> Count(int times)
    {
        for (var i = 0; i < times; i++)
        {
            // Two turns at once would be seen here, or lose an increment.
            var before = counter;
            Assert.Equal(1, ++inside);
            Thread.SpinWait(20);
            inside--;
            counter = before + 1;
            await Task.Yield();
        }

        return counter;
    }

    public async Task<bool[]> WhereAmI()
    {
        var own = TaskScheduler.Current;
        var before = own != TaskScheduler.Default;
        await Task.Delay(1);
        var after = TaskScheduler.Current == own;
        var outside = await Task.Run(() => TaskScheduler.Current == own);
        return [before, after, outside, TaskScheduler.Current == own];
    }

    public async Task<string> CallSelf()
    {
        try
        {
            await this.AsReference<IWorkerGrain>().Tell("never");
            return "answered";
        }
        catch (TimeoutException)
        {
            return "timed out";
        }
    }

    public static async Task WorkAsync(Probe probe, string name)
    {
        probe.Tell($"{name} starts");
        await probe.PassAsync(name);
        probe.Tell($"{name} ends");
    }
}

[Reentrant]
internal sealed class ReentrantGrain : Grain, IReentrantGrain
{
    public Task Work(string name) => WorkerGrain.WorkAsync(Probe.Of(this.GetPrimaryKeyString()), name);
}

[StatelessWorker(2)]
internal sealed class PairGrain : Grain, IPairGrain
{
    public Task Work(string name) => WorkerGrain.WorkAsync(Probe.Of(this.GetPrimaryKeyString()), name);
}
