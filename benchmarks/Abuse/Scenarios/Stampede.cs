using System.Diagnostics;
using System.Net.Sockets;

namespace OrleansChat.Benchmarks.Abuse.Scenarios;

/// <summary>All readers are cut off, and come back at once; again and again.</summary>
internal sealed class Stampede : IScenario
{
    private const int Times = 5;

    public string Name => "stampede";

    public string Deed => $"Readers of one conversation are cut off at once and come back at once, {Times} times.";

    public async Task RunAsync(ServerUnderAttack server, AbuseOptions options)
    {
        using var crowd = new Crowd(server);
        var conversation = await server.Product.Api.CreateAsync();
        await server.Product.Api.SendAsync(conversation, "[demo: tokens=3000 rate=50]");
        await server.WatchAsync(AttackAsync, [200], TimeSpan.FromSeconds(5));

        async Task AttackAsync()
        {
            var times = new List<double>();
            for (var time = 0; time <= Times; time++)
            {
                crowd.Dispose();
                var began = Stopwatch.GetTimestamp();
                await crowd.JoinAsync(options.Stampede, i => $"GET /conversations/{conversation}/events HTTP/1.1\r\nHost: {server.Raw.Host}\r\nLast-Event-ID: {3 + (i % 50)}\r\n\r\n");
                while (!crowd.Sockets.All(socket => socket.Poll(0, SelectMode.SelectRead)))
                {
                    await Task.Delay(10);
                }

                times.Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
                await Task.Delay(2000);
            }

            server.Note($"{options.Stampede} readers were there after {ServerUnderAttack.Show(times[0])} s, and back after {string.Join(", ", times.Skip(1).Select(seconds => ServerUnderAttack.Show(seconds)))} s.");
            crowd.Dispose();
        }
    }
}
