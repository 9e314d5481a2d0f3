using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Limiting;

namespace OrleansChat.Api.Tests.Limiting;

/// <summary>How a node counts an owner's connections.</summary>
public sealed class OwnerConnectionsTests
{
    private readonly List<(int Open, int Wanted)> asked = [];
    private int most = int.MaxValue;

    [Fact]
    public async Task A_small_quota_is_asked_for_one_by_one_and_given_back_at_once()
    {
        var connections = Connections(quota: 2);
        most = 2;
        Assert.True(await connections.TryOpenAsync(default));
        Assert.True(await connections.TryOpenAsync(default));
        Assert.False(await connections.TryOpenAsync(default));
        connections.Close();
        Assert.Equal([(0, 1), (1, 2), (2, 3), (1, 1)], asked);
        Assert.True(await connections.TryOpenAsync(default));

        connections.Close();
        connections.Close();
        Assert.Equal((0, 0), asked[^1]);
        Assert.True(connections.IsOver);
    }

    [Fact]
    public async Task Of_a_large_quota_a_few_are_at_hand_so_that_not_every_connection_asks()
    {
        var connections = Connections(quota: 64);
        for (var i = 0; i < 100; i++)
        {
            Assert.True(await connections.TryOpenAsync(default));
            connections.Close();
        }

        Assert.Equal([(0, 5), (0, 4)], asked);
    }

    [Fact]
    public async Task A_renewal_says_what_is_open_and_gives_back_what_is_not()
    {
        var connections = Connections(quota: 64);
        Assert.True(await connections.TryOpenAsync(default));
        await connections.RenewAsync();
        Assert.Equal((1, 5), asked[^1]);
        connections.Close();
        await connections.RenewAsync();
        Assert.Equal((0, 0), asked[^1]);
        Assert.True(connections.IsOver);
        var calls = asked.Count;
        await connections.RenewAsync();
        Assert.Equal(calls, asked.Count);
    }

    [Fact]
    public async Task Connections_are_let_in_while_nobody_can_be_asked()
    {
        var connections = new OwnerConnections((_, _) => throw new TimeoutException(), 1, NullLogger.Instance);
        Assert.True(await connections.TryOpenAsync(default));
        Assert.True(await connections.TryOpenAsync(default));
    }

    [Fact]
    public async Task Who_leaves_does_not_wait_for_an_answer_to_others()
    {
        var answer = new TaskCompletionSource<int>();
        var connections = new OwnerConnections((_, _) => answer.Task, 1, NullLogger.Instance);
        var first = connections.TryOpenAsync(default);
        using var leaving = new CancellationTokenSource();
        var second = connections.TryOpenAsync(leaving.Token);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.AsTask());
        answer.SetResult(1);
        Assert.True(await first);
    }

    private OwnerConnections Connections(int quota) => new(
        (open, wanted) =>
        {
            asked.Add((open, wanted));
            return Task.FromResult(Math.Min(wanted, most));
        },
        quota,
        NullLogger.Instance);
}
