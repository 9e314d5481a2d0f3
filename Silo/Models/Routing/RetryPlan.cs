using System.Collections.Immutable;

namespace OrleansChat.Models.Routing;

/// <summary>
/// Which endpoint is asked next for one reply, and when: a model's endpoints in turn, chosen by weight, then the same ones again with
/// growing waits, then the next model's. Pure but for the clock and the circuits.
/// </summary>
/// <param name="models">The models, in order.</param>
/// <param name="budget">How long all of it may take.</param>
/// <param name="time">The clock.</param>
/// <param name="random">A number from 0 to below 1.</param>
internal sealed class RetryPlan(ImmutableArray<RoutedModel> models, TimeSpan budget, TimeProvider time, Func<double> random)
{
    private readonly long start = time.GetTimestamp();
    private int stage = -1;
    private int made;
    private Tries[] tries = [];

    /// <summary>How much of the budget is left; zero or less when it is spent.</summary>
    public TimeSpan Left => budget - time.GetElapsedTime(start);

    /// <summary>What to try next; null when there is nothing left to be tried.</summary>
    public Step? Next()
    {
        while (stage < models.Length)
        {
            if (stage >= 0 && made < models[stage].Attempts && Choose() is { } chosen)
            {
                return new Step(models[stage], chosen.Endpoint, chosen.Wait(time));
            }

            stage++;
            made = 0;
            tries = stage < models.Length ? [.. models[stage].Endpoints.Select(endpoint => new Tries(endpoint.Endpoint, endpoint.Weight))] : [];
        }

        return null;
    }

    /// <summary>The step was taken, and failed.</summary>
    public void Failed(Step step, ModelException fault)
    {
        made++;
        var tried = tries.Single(each => each.Endpoint == step.Endpoint);
        tried.Count++;
        tried.IsOut = FaultVerdicts.Of(fault) != FaultVerdict.Retry || fault.RetryAfter > step.Model.LongestRetryAfter;
        tried.FailedAt = time.GetTimestamp();
        tried.Rest = tried.IsOut ? TimeSpan.Zero : Backoff(step.Model, tried.Count, fault.RetryAfter);
    }

    // Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    private TimeSpan Backoff(RoutedModel model, int count, TimeSpan? asked)
    {
        if (asked is { } wait)
        {
            // All who were told the same would come at the same time.
            return wait + (model.Delay * random());
        }

        var longest = Math.Min(model.LongestDelay.Ticks, model.Delay.Ticks * Math.Pow(2, count - 1));
        return TimeSpan.FromTicks((long)(longest * random()));
    }

    private Tries? Choose()
    {
        var left = Left;
        var open = tries.Where(each => !each.IsOut && each.Wait(time) < left && each.Endpoint.Circuit.LetsThrough).ToList();
        var fewest = open.Count > 0 ? open.Min(each => each.Count) : 0;
        open.RemoveAll(each => each.Count > fewest);
        var ready = open.Where(each => each.Wait(time) == TimeSpan.Zero).ToList();
        return ready.Count > 0 ? ByWeight(ready) : open.MinBy(each => each.Wait(time));
    }

    private Tries ByWeight(List<Tries> ready)
    {
        var ticket = random() * ready.Sum(each => each.Weight);
        return ready.FirstOrDefault(each => (ticket -= each.Weight) < 0) ?? ready[^1];
    }

    /// <summary>An endpoint to be asked.</summary>
    /// <param name="Model">Whose it is.</param>
    /// <param name="Endpoint">The endpoint.</param>
    /// <param name="Wait">How long to wait before.</param>
    internal readonly record struct Step(RoutedModel Model, ModelEndpoint Endpoint, TimeSpan Wait);

    private sealed class Tries(ModelEndpoint endpoint, int weight)
    {
        public ModelEndpoint Endpoint => endpoint;

        public int Weight => weight;

        public int Count { get; set; }

        public bool IsOut { get; set; }

        public long FailedAt { get; set; }

        public TimeSpan Rest { get; set; }

        public TimeSpan Wait(TimeProvider time)
        {
            var wait = Count == 0 ? TimeSpan.Zero : Rest - time.GetElapsedTime(FailedAt);
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }
}
