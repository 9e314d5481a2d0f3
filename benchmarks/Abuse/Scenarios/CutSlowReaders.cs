using System.Net.Sockets;

namespace OrleansChat.Benchmarks.Abuse.Scenarios;

/// <summary>Readers who do not read at all, and are cut off.</summary>
internal sealed class CutSlowReaders : IScenario
{
    public string Name => "readers-cut-off";

    public string Deed => "Readers of a running reply read nothing, with `Limits:SlowReaderRate=20000` and `:SlowReaderGrace=00:00:05`, so that it does not take minutes.";

    public IReadOnlyList<(string Name, string Value)> Settings { get; } =
        [("Limits__SlowReaderRate", "20000"), ("Limits__SlowReaderGrace", "00:00:05"), ("Models__demo__TokensPerSecond", "5000")];

    public async Task RunAsync(ServerUnderAttack server, AbuseOptions options)
    {
        using var crowd = new Crowd(server);
        var conversation = await server.Product.Api.CreateAsync();
        await server.WatchAsync(AttackAsync, [200], TimeSpan.FromSeconds(10));

        async Task AttackAsync()
        {
            await crowd.JoinAsync(options.Readers, _ => $"GET /conversations/{conversation}/events HTTP/1.1\r\nHost: {server.Raw.Host}\r\n\r\n", receiveBuffer: 4_096);
            await server.Product.Api.SendAsync(conversation, "[demo: tokens=100000 rate=5000]");
            await Task.Delay(20_000);
            var cut = crowd.Sockets.Count(socket => (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! != 0);
            server.Note($"{cut} of {options.Readers} were cut off.");
            server.Expect(cut == options.Readers, $"{options.Readers - cut} readers who do not read were not cut off");
            crowd.Dispose();
        }
    }
}
