using OrleansChat.Conversations;
using OrleansChat.Storage.PostgreSql;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

public sealed class QueryTurnsTests
{
    [Fact]
    public async Task Queries_run_in_the_order_in_which_they_came()
    {
        using var turns = new QueryTurns(connections: 1, TimeSpan.FromMinutes(1));
        var first = new TaskCompletionSource();
        var order = new List<int>();
        var blocked = turns.RunAsync(() => NoteAsync(0, first.Task), default);

        var others = Enumerable.Range(1, 20).Select(number => turns.RunAsync(() => NoteAsync(number, Task.CompletedTask), default)).ToArray();
        Assert.Equal([0], order);
        first.SetResult();
        await Task.WhenAll([blocked, .. others]);

        Assert.Equal(Enumerable.Range(0, 21), order);

        async Task<int> NoteAsync(int number, Task until)
        {
            order.Add(number);
            await until;
            return number;
        }
    }

    [Fact]
    public async Task Who_waits_in_vain_is_told_why()
    {
        using var turns = new QueryTurns(connections: 1, TimeSpan.FromMilliseconds(1));
        var first = new TaskCompletionSource<int>();
        var blocked = turns.RunAsync(() => first.Task, default);

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => turns.RunAsync(() => Task.FromResult(2), default));
        first.SetResult(1);

        Assert.Equal("The database is overloaded: no connection was free within 0.001 seconds.", failure.Message);
        Assert.Equal(1, await blocked);
        Assert.Equal(3, await turns.RunAsync(() => Task.FromResult(3), default));
    }

    [Fact]
    public async Task A_query_that_fails_gives_its_turn_on()
    {
        using var turns = new QueryTurns(connections: 1, TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<InvalidOperationException>(() => turns.RunAsync<int>(() => throw new InvalidOperationException(), default));
        Assert.Equal(1, await turns.RunAsync(() => Task.FromResult(1), default));
    }
}
