using Orleans.TestingHost;

namespace OrleansChat.ActorTests.Hosting;

/// <summary>The cluster of most tests. Nothing in it leaves for lack of use.</summary>
public sealed class SharedCluster : ActorCluster<SharedCluster.Silo>
{
    public sealed class Silo : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder)
        {
            // As it is.
        }
    }
}

/// <summary>The tests that use <see cref="SharedCluster"/>.</summary>
[CollectionDefinition(Name)]
public sealed class SharedClusterTests : ICollectionFixture<SharedCluster>
{
    public const string Name = "shared cluster";
}
