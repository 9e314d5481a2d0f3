using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Orleans.TestingHost;
using OrleansChat.ActorTests.Grains;

namespace OrleansChat.ActorTests;

/// <summary>Traces that go through grains.</summary>
public sealed class TracingTests : IAsyncLifetime
{
    private readonly TestCluster cluster = new TestClusterBuilder(1)
        .AddSiloBuilderConfigurator<TracedSilo>()
        .AddClientBuilderConfigurator<TracedClient>()
        .Build();

    private readonly ActivitySource source = new($"traces of a test {Guid.NewGuid()}");
    private readonly ActivityListener listener = new() { Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded };

    public Task InitializeAsync() => cluster.DeployAsync();

    public async Task DisposeAsync()
    {
        listener.Dispose();
        source.Dispose();
        await cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_grains_work_is_part_of_its_callers_trace_as_is_that_of_grains_that_it_calls()
    {
        listener.ShouldListenTo = heard => heard == source || heard.Name.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal);
        ActivitySource.AddActivityListener(listener);
        var grain = cluster.Client.GetGrain<ITracedGrain>("first");
        using var caller = source.StartActivity("caller")!;

        var first = await grain.Where();
        var second = await grain.WhereIs("second");

        Assert.StartsWith($"{caller.TraceId}/", first, StringComparison.Ordinal);
        Assert.StartsWith($"{caller.TraceId}/", second, StringComparison.Ordinal);
        Assert.Equal(3, new[] { $"{caller.TraceId}/{caller.SpanId}", first, second }.Distinct().Count());
    }

    [Fact]
    public async Task Where_nobody_listens_there_is_no_trace()
    {
        Assert.Null(await cluster.Client.GetGrain<ITracedGrain>("third").Where());
    }

    private sealed class TracedSilo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.AddActivityPropagation();
    }

    private sealed class TracedClient : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) => clientBuilder.AddActivityPropagation();
    }
}
