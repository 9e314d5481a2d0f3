using System.Diagnostics;

namespace OrleansChat.ActorTests.Grains;

/// <summary>Tells which trace it works in.</summary>
[Alias("ActorTests.ITracedGrain")]
public interface ITracedGrain : IGrainWithStringKey
{
    /// <summary>The trace and the span of the call; null outside of traces.</summary>
    [Alias("Where")]
    Task<string?> Where();

    /// <summary>The same of a grain that this one asks.</summary>
    [Alias("WhereIs")]
    Task<string?> WhereIs(string other);
}

internal sealed class TracedGrain : Grain, ITracedGrain
{
    public Task<string?> Where() => Task.FromResult(Activity.Current is { } activity ? $"{activity.TraceId}/{activity.SpanId}" : null);

    public Task<string?> WhereIs(string other) => GrainFactory.GetGrain<ITracedGrain>(other).Where();
}
