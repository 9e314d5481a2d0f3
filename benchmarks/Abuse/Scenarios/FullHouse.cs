namespace OrleansChat.Benchmarks.Abuse.Scenarios;

/// <summary>More readers than the server takes connections, so that there is no idle one.</summary>
internal sealed class FullHouse : IScenario
{
    private const int Seats = 1_000;

    // Whoever asks for something meanwhile has the seat of somebody who has only just come, and is sent away.
    private const int Guests = Seats + 50;

    public string Name => "full";

    public string Deed => $"{Guests} readers of the owner's feed where `Limits:Connections` is {Seats}, for 10 s. New requests are told so, with 503 and `Retry-After`, and get in again when the readers have left.";

    public IReadOnlyList<(string Name, string Value)> Settings { get; } = [("Limits__Connections", $"{Seats}")];

    public async Task RunAsync(ServerUnderAttack server, AbuseOptions options)
    {
        using var crowd = new Crowd(server);
        await server.WatchAsync(AttackAsync, [200, 503], TimeSpan.FromSeconds(5));
        var after = await server.GetAsync("/models");
        server.Expect(after.Status == 200, "the server did not recover");

        async Task AttackAsync()
        {
            await crowd.JoinAsync(Guests, _ => $"GET /events HTTP/1.1\r\nHost: {server.Raw.Host}\r\n\r\n");
            await Task.Delay(5000);
            var refused = await server.GetAsync("/models");
            server.Note($"With {Guests} readers a new request got {refused.Status} within {ServerUnderAttack.Show(refused.Took.TotalMilliseconds)} ms.");
            server.Expect(refused.Status == 503, $"a new request got {refused.Status} in a full house");
            await Task.Delay(5000);
            crowd.Dispose();
        }
    }
}
