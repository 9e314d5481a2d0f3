using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>References to grains.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class ReferenceTests(SharedCluster cluster)
{
    [Fact]
    public void References_to_one_grain_are_equal_and_to_two_are_not()
    {
        var one = cluster.Client.GetGrain<IWorkerGrain>("same");
        var other = cluster.Client.GetGrain<IWorkerGrain>("same");

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.Equal(one.GetGrainId(), other.GetGrainId());
        Assert.NotEqual(one, cluster.Client.GetGrain<IWorkerGrain>("another"));
        Assert.NotEqual<object>(one, cluster.Client.GetGrain<IKeeperGrain>("same"));
    }

    [Fact]
    public void A_reference_knows_its_key()
    {
        Assert.Equal("a/b", cluster.Client.GetGrain<IWorkerGrain>("a/b").GetPrimaryKeyString());
        Assert.Equal(-7, cluster.Client.GetGrain<INumberedGrain>(-7).GetPrimaryKeyLong());
    }

    [Fact]
    public async Task A_grain_knows_its_key_and_refers_to_itself_as_others_do()
    {
        var grain = cluster.Client.GetGrain<INumberedGrain>(42);

        Assert.Equal(42, await grain.Number());
        Assert.Equal(grain, await grain.Self());
    }

    [Fact]
    public void An_interface_that_no_class_implements_is_an_error()
    {
        Assert.Throws<ArgumentException>(() => cluster.Client.GetGrain<INobodyGrain>("nobody"));
    }
}
