using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.Abuse.Scenarios;

/// <summary>Readers who read a byte a second, and are kept.</summary>
internal sealed class SlowReaders : IScenario
{
    // More than 64 KiB of the conversation's past, and new events all the time.
    private const string Talk = "[demo: tokens=100000 rate=200]";
    private const int Others = 20;
    private const int Seconds = 20;

    public string Name => "slow-readers";

    public string Deed =>
        $"Readers of a conversation with a long past and a running reply take a byte a second, for {Seconds} s, with cutting off switched off (`Limits:SlowReaderRate=0`). {Others} other readers of it take the time from one piece of the reply to the next, before and meanwhile.";

    public IReadOnlyList<(string Name, string Value)> Settings { get; } = [("Limits__SlowReaderRate", "0"), ("Models__demo__TokensPerSecond", "5000")];

    public async Task RunAsync(ServerUnderAttack server, AbuseOptions options)
    {
        using var crowd = new Crowd(server);
        var conversation = await server.Product.Api.CreateAsync();
        await PastAsync(server, conversation);
        await server.Product.Api.SendAsync(conversation, Talk);
        var (before, during) = (new LatencyHistogram(), new LatencyHistogram());
        await server.WatchAsync(AttackAsync, [200], TimeSpan.FromSeconds(5));
        server.Note($"Between two pieces of the reply the others waited {Show(before)} ms before (p50, p99, most), and {Show(during)} ms meanwhile.");

        async Task AttackAsync()
        {
            await using var others = await FollowingReaders.JoinAsync(server, conversation, Others);
            await others.MeasureAsync(before, TimeSpan.FromSeconds(10));
            var (resident, held) = (server.Resident(), await server.HeldAsync());
            await crowd.JoinAsync(options.Readers, _ => $"GET /conversations/{conversation}/events HTTP/1.1\r\nHost: {server.Raw.Host}\r\n\r\n", receiveBuffer: 4_096);
            await Task.Delay(3000);
            var sipping = SipAsync();
            await others.MeasureAsync(during, TimeSpan.FromSeconds(Seconds));
            await sipping;
            var (grown, cost) = ((server.Resident() - resident) * 1024 / options.Readers, (await server.HeldAsync() - held) * 1024 / options.Readers);
            server.Note($"{options.Readers} slow readers hold {ServerUnderAttack.Show(cost)} KiB each. Before the garbage was collected the server had grown by {ServerUnderAttack.Show(grown)} KiB for each.");
            server.Expect(cost < 64, $"a slow reader cost {ServerUnderAttack.Show(cost)} KiB");
            crowd.Dispose();
        }

        async Task SipAsync()
        {
            for (var second = 0; second < Seconds; second++)
            {
                crowd.Sip();
                await Task.Delay(1000);
            }
        }
    }

    // Messages enough that none of it is in the memory that readers share.
    private static async Task PastAsync(ServerUnderAttack server, string conversation)
    {
        for (var i = 0; i < 20; i++)
        {
            using var reply = await server.Product.Api.SendAndFollowAsync(conversation, $"[demo: tokens=1000 rate=50000] {new string('x', 10_000)}");
            await reply.ToEndAsync();
        }
    }

    private static string Show(LatencyHistogram times) =>
        string.Join(", ", new[] { 0.5, 0.99, 1 }.Select(share => times.Percentile(share) is { } time ? ServerUnderAttack.Show(time / 1000.0) : "?"));
}
