using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>What callers and grains see of each other's objects.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class IsolationTests(SharedCluster cluster)
{
    [Fact]
    public async Task Neither_side_sees_what_the_other_changes()
    {
        var grain = Keeper();
        var box = KeeperGrain.NewBox();

        var returned = await grain.Keep(box);
        box.Labels.Add("changed by the caller");
        returned.Labels.Add("changed by who got the result");

        Assert.Equal("first/1/", await grain.Labels());
        Assert.Equal([1], returned.Counts["a"]);
    }

    [Fact]
    public async Task Grains_are_isolated_from_each_other_too_but_share_what_is_immutable()
    {
        var found = await Keeper().Try(Keeper());

        Assert.Equal(["first/1/", "True, True"], found);
    }

    [Fact]
    public async Task What_occurs_twice_is_one_thing_on_the_other_side_too()
    {
        var box = new Box();
        box.Inner = box;

        var returned = await Keeper().Keep(box);

        Assert.Same(returned, returned.Inner);
    }

    private IKeeperGrain Keeper() => cluster.Client.GetGrain<IKeeperGrain>($"{Guid.NewGuid()}");
}
