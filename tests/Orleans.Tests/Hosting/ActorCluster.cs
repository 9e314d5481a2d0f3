using Microsoft.Extensions.Configuration;
using Orleans.TestingHost;

namespace OrleansChat.ActorTests.Hosting;

/// <summary>One silo and one client, with memory streams.</summary>
/// <typeparam name="TSilo">What else the silo is configured with.</typeparam>
public abstract class ActorCluster<TSilo> : IAsyncLifetime
    where TSilo : ISiloConfigurator, new()
{
    private readonly TestCluster cluster = new TestClusterBuilder(1)
        .AddSiloBuilderConfigurator<StreamsOfSilo>()
        .AddSiloBuilderConfigurator<TSilo>()
        .AddClientBuilderConfigurator<StreamsOfClient>()
        .Build();

    public IClusterClient Client => cluster.Client;

    public Task InitializeAsync() => cluster.DeployAsync();

    public Task StopAsync() => cluster.StopAllSilosAsync();

    public async Task DisposeAsync() => await cluster.DisposeAsync();
}

/// <summary>The name of the stream provider.</summary>
internal static class TestStreams
{
    public const string Provider = "test";
}

internal sealed class StreamsOfSilo : ISiloConfigurator
{
    public void Configure(ISiloBuilder siloBuilder)
    {
        siloBuilder.AddMemoryGrainStorage("PubSubStore");
        siloBuilder.AddMemoryStreams(
            TestStreams.Provider,
            streams => streams.ConfigurePullingAgent(
                agent => agent.Configure(options => options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(10))));
    }
}

internal sealed class StreamsOfClient : IClientBuilderConfigurator
{
    public void Configure(IConfiguration configuration, IClientBuilder clientBuilder) => clientBuilder.AddMemoryStreams(TestStreams.Provider);
}
