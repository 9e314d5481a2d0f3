using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.Load.Channels;

/// <summary>All readers of a plan, once, and what came of them: they gather, then the model speaks, and they may be cut off.</summary>
internal sealed class ChannelRound(LoadPlan plan, ChannelTarget target, Action<LoadPhase> announce)
{
    private readonly Measurements measurements = new(plan);

    public static Task<LoadResult> RunAsync(LoadPlan plan, ChannelTarget target, Action<LoadPhase> announce) =>
        new ChannelRound(plan, target, announce).RunAsync();

    private async Task<LoadResult> RunAsync()
    {
        announce(LoadPhase.Ramp);
        var channels = await Task.WhenAll(Enumerable.Range(0, plan.Conversations).Select(_ => target.CreateAsync().AsTask()));
        var expected = plan.Talks ? plan.Pace.Count : 0;
        var readers = Enumerable.Range(0, plan.Readers)
            .Select(index => new ChannelReader(target, channels[index % channels.Length], expected, measurements))
            .ToArray();
        var reads = readers.Select(reader => AtRandomMomentAsync(reader.FollowAsync)).ToArray();
        await Task.WhenAll(readers.Select(reader => reader.Opened));

        announce(LoadPhase.Warmup);
        var start = MonotonicClock.Now;
        var window = measurements.Window = plan.WindowFrom(start);
        await StartAsync(channels, readers);
        await Task.Delay(MonotonicClock.Until(window.Start));
        announce(LoadPhase.Window);
        await CutAsync(readers, reads, window);
        await Task.Delay(MonotonicClock.Until(window.End));
        announce(LoadPhase.Drain);

        await EndAsync(readers, reads, plan.Talks ? plan.DeadlineFrom(start) : window.End);
        return measurements.Summarize([.. readers.Select(reader => reader.Outcome)]);
    }

    private Task StartAsync(string[] channels, ChannelReader[] readers)
    {
        if (!plan.Talks)
        {
            return Task.CompletedTask;
        }

        var prompt = plan.Pace.ToPrompt();
        return Task.WhenAll(channels.Select((channel, index) => AtRandomMomentAsync(() =>
        {
            var now = MonotonicClock.Now;
            for (var i = index; i < readers.Length; i += channels.Length)
            {
                readers[i].Asked(now);
            }

            return target.StartAsync(channel, prompt);
        })));
    }

    /// <summary>Cuts everybody off at once, and has everybody come back at once, as often as planned.</summary>
    private async Task CutAsync(ChannelReader[] readers, Task[] reads, Window window)
    {
        for (var cut = 1; cut <= plan.Cuts; cut++)
        {
            await Task.Delay(MonotonicClock.Until(window.Start + ((window.End - window.Start) * cut / (plan.Cuts + 1))));
            Array.ForEach(readers, reader => reader.Cut());
            await Task.WhenAll(reads);
            var now = MonotonicClock.Now;
            for (var i = 0; i < readers.Length; i++)
            {
                reads[i] = readers[i].ReturnAsync(now);
            }
        }
    }

    private static async Task EndAsync(ChannelReader[] readers, Task[] reads, long deadline)
    {
        var all = Task.WhenAll(reads);
        if (await Task.WhenAny(all, Task.Delay(MonotonicClock.Until(deadline))) != all)
        {
            Array.ForEach(readers, reader => reader.Dispose());
            await all;
        }
    }

    private async Task AtRandomMomentAsync(Func<Task> work)
    {
        await Task.Delay(TimeSpan.FromSeconds(Random.Shared.NextDouble() * plan.RampSeconds));
        await work();
    }
}
