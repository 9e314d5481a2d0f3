namespace OrleansChat.Chaos.Clients;

/// <summary>Many clients at once, each in a conversation of its own.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly CancellationTokenSource stopped = new();
    private readonly CancellationTokenSource ending;
    private Task[] running = [];

    /// <summary>Gathers a crowd, which does nothing yet.</summary>
    public Crowd(ApiNodes nodes, ClientPlan plan, int size, CancellationToken cancellationToken)
    {
        ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Clients = [.. Enumerable.Range(0, size).Select(number => new ChatClient(number, nodes, plan, Statistics))];
    }

    /// <summary>Who it is.</summary>
    public IReadOnlyList<ChatClient> Clients { get; init; }

    /// <summary>What it has met with.</summary>
    public ClientStatistics Statistics { get; } = new();

    /// <summary>Lets everybody talk, beginning one after the other within a span of time.</summary>
    public void Start(TimeSpan within) =>
        running = [.. Clients.Select(async (client, index) =>
        {
            await Task.Delay(within * index / Clients.Count, ending.Token);
            await client.RunAsync(stopped.Token, ending.Token);
        })];

    /// <summary>Lets everybody finish the turn that he is in, and returns when all have.</summary>
    public async Task FinishAsync()
    {
        await stopped.CancelAsync();
        await Task.WhenAll(running);
    }

    /// <summary>Does something with every client at once.</summary>
    public Task ForEachAsync(Func<ChatClient, CancellationToken, Task> action) =>
        Task.WhenAll(Clients.Select(client => action(client, ending.Token)));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(Clients.Select(client => client.LeaveAsync()));
        await Task.WhenAll(running).ContinueWith(_ => { }, TaskScheduler.Default);
        ending.Dispose();
        stopped.Dispose();
    }
}
