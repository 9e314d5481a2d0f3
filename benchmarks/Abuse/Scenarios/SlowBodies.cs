using System.Text;

namespace OrleansChat.Benchmarks.Abuse.Scenarios;

/// <summary>Bodies that come a byte at a time.</summary>
internal sealed class SlowBodies : IScenario
{
    private const int Seconds = 20;

    public string Name => "slow-bodies";

    public string Deed => $"Messages whose body comes at 10 bytes a second, for {Seconds} s. The server takes no less than 240 (`Limits:BodyRate`), looked at after 5 s.";

    public async Task RunAsync(ServerUnderAttack server, AbuseOptions options)
    {
        using var crowd = new Crowd(server);
        var conversation = await server.Product.Api.CreateAsync();
        var head = $"POST /conversations/{conversation}/messages HTTP/1.1\r\nHost: {server.Raw.Host}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{{\"content\":\"";
        await server.WatchAsync(AttackAsync, [200], TimeSpan.FromSeconds(5));

        async Task AttackAsync()
        {
            await crowd.JoinAsync(options.Slow, _ => head);
            for (var second = 0; second < Seconds; second++)
            {
                crowd.Say(Encoding.ASCII.GetBytes("xxxxxxxxxx"));
                await Task.Delay(1000);
            }

            var answers = crowd.Answers();
            server.Note($"{options.Slow} connections; after {Seconds} s {answers.GetValueOrDefault(-1)} of them were open, {answers.GetValueOrDefault(408) + answers.GetValueOrDefault(0)} had been closed ({answers.GetValueOrDefault(408)} of them with a 408 that was read).");
            server.Expect(!answers.ContainsKey(-1), "slow bodies were still waited for");
            crowd.Dispose();
        }
    }
}
