using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.Load.Replies;

/// <summary>All streams of a plan, once, and what came of them.</summary>
internal static class ReplyRound
{
    public static async Task<LoadResult> RunAsync(LoadPlan plan, ReplyTarget target, Action<LoadPhase> announce)
    {
        announce(LoadPhase.Ramp);
        var prompt = plan.Pace.ToPrompt();
        var requests = await Task.WhenAll(Enumerable.Range(0, plan.Conversations).Select(_ => target.PrepareAsync(prompt).AsTask()));

        var start = MonotonicClock.Now;
        var window = plan.WindowFrom(start);
        var measurements = new Measurements(plan) { Window = window };
        var readers = requests.Select(request => new ReplyReader(request, target.EndMarker, plan.Pace.Count, measurements)).ToArray();
        var streams = readers.Select(reader => RunAtRandomMomentAsync(reader, plan.RampSeconds)).ToArray();

        await Task.Delay(TimeSpan.FromSeconds(plan.RampSeconds));
        announce(LoadPhase.Warmup);
        await Task.Delay(MonotonicClock.Until(window.Start));
        announce(LoadPhase.Window);
        await Task.Delay(MonotonicClock.Until(window.End));
        announce(LoadPhase.Drain);

        var all = Task.WhenAll(streams);
        if (await Task.WhenAny(all, Task.Delay(MonotonicClock.Until(plan.DeadlineFrom(start)))) != all)
        {
            // Closing the sockets ends the reads: cheaper than a cancellation token on each of thirty thousand reads a second.
            Array.ForEach(readers, reader => reader.Dispose());
            await all;
        }

        return measurements.Summarize([.. readers.Select(reader => reader.Outcome)]);
    }

    private static async Task RunAtRandomMomentAsync(ReplyReader reader, double withinSeconds)
    {
        await Task.Delay(TimeSpan.FromSeconds(Random.Shared.NextDouble() * withinSeconds));
        await reader.RunAsync();
    }
}
