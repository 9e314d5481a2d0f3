namespace OrleansChat.Benchmarks.Abuse.Scenarios;

/// <summary>Headers that come a byte at a time, and never end.</summary>
internal sealed class SlowHeaders : IScenario
{
    private const int Seconds = 20;

    public string Name => "slow-headers";

    public string Deed => $"Connections that send a header's byte a second, for {Seconds} s. The server waits for headers for 15 s (`Limits:HeaderTimeout`).";

    public async Task RunAsync(ServerUnderAttack server, AbuseOptions options)
    {
        using var crowd = new Crowd(server);
        await server.WatchAsync(AttackAsync, [200], TimeSpan.FromSeconds(5));

        async Task AttackAsync()
        {
            await crowd.JoinAsync(options.Slow, _ => "GET /models HTTP/1.1\r\nX-Slow: ");
            for (var second = 0; second < Seconds; second++)
            {
                crowd.Say("x"u8);
                await Task.Delay(1000);
            }

            var answers = crowd.Answers();
            server.Note($"{options.Slow} connections; after {Seconds} s {answers.GetValueOrDefault(-1)} of them were open, {answers.GetValueOrDefault(408) + answers.GetValueOrDefault(0)} had been closed ({answers.GetValueOrDefault(408)} of them with a 408 that was read).");
            server.Expect(!answers.ContainsKey(-1), "slow headers were still waited for");
            crowd.Dispose();
        }
    }
}
