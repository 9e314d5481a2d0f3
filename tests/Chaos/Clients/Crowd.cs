namespace OrleansChat.Chaos.Clients;

/// <summary>Many clients at once, each in a conversation of its own.</summary>
internal sealed class Crowd(ApiNodes nodes, ClientPlan plan, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly List<ChatClient> clients = [];
    private readonly CancellationTokenSource stopped = new();
    private readonly CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private Task running = Task.CompletedTask;

    /// <summary>Who it is.</summary>
    public IReadOnlyList<ChatClient> Clients => clients;

    /// <summary>What it has met with.</summary>
    public ClientStatistics Statistics { get; } = new();

    /// <summary>Adds clients, which have done nothing yet.</summary>
    public IReadOnlyList<ChatClient> Add(int count)
    {
        clients.AddRange(Enumerable.Range(clients.Count, count).Select(number => new ChatClient(number, nodes, plan, Statistics)));
        return clients[^count..];
    }

    /// <summary>Lets everybody talk, beginning one after the other within a span of time.</summary>
    public void Start(TimeSpan within) =>
        running = Task.WhenAll(clients.Select(async (client, index) =>
        {
            await Task.Delay(within * index / clients.Count, ending.Token);
            await client.RunAsync(stopped.Token, ending.Token);
        }));

    /// <summary>Lets everybody finish the turn that he is in, and returns when all have.</summary>
    public async Task FinishAsync()
    {
        await stopped.CancelAsync();
        await running;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Task.WhenAll(clients.Select(client => client.LeaveAsync()));
        await running.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        ending.Dispose();
        stopped.Dispose();
    }
}
