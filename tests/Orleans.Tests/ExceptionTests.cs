using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>How failures reach callers.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class ExceptionTests(SharedCluster cluster)
{
    [Fact]
    public async Task A_failure_before_the_first_await_arrives_as_it_was_thrown()
    {
        var e = await Assert.ThrowsAsync<RefusedException>(() => Failing().FailAtOnce());

        Assert.Equal(("at once", 1), (e.Message, e.Code));
    }

    [Fact]
    public async Task A_failure_after_an_await_arrives_as_it_was_thrown_with_where_it_was_thrown()
    {
        var e = await Assert.ThrowsAsync<RefusedException>(() => Failing().FailLater());

        Assert.Equal(("later", 2), (e.Message, e.Code));
        Assert.Contains(nameof(FailingGrain.FailLater), $"{e}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_arrives_in_a_grain_that_called_too()
    {
        Assert.Equal("later 2 True", await Failing().Relay(Failing()));
    }

    [Fact]
    public async Task A_method_that_gives_up_by_cancellation_arrives_as_that()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(() => Failing().GiveUp());
    }

    private IFailingGrain Failing() => cluster.Client.GetGrain<IFailingGrain>($"{Guid.NewGuid()}");
}
