using System.Text;
using OrleansChat.Benchmarks.Measuring;
using OrleansChat.Keys;

namespace OrleansChat.Benchmarks.Abuse.Scenarios;

/// <summary>People without a key where everybody needs one, who send a burst and then nothing.</summary>
internal sealed class Strangers : IScenario
{
    private const int Seconds = 20;
    private const string Secret = "a-proxy-secret-that-only-this-benchmark-knows";

    public string Name => "strangers";

    public string Deed =>
        $"Callers sign in, and the crowd cannot: half of it sends `POST /session` with most of 4 KB at once, half a message of 50 KB with a made-up key each, and then nothing for {Seconds} s. "
        + "The server waits for bodies for 10 s (`Limits:BodyTimeout`). Somebody who has signed in asks for his conversations every 50 ms; new requests without a key are answered with 401.";

    public IReadOnlyList<(string Name, string Value)> Settings { get; } =
    [
        ("Authentication__Keys", "true"),
        ("Authentication__Proxy__Networks", "127.0.0.0/8"),
        ("Authentication__Proxy__Secret", Secret),
        ("Limits__Owner__RequestsPerMinute", "0"),
        ("Limits__BodyTimeout", "00:00:10"),
    ];

    public async Task RunAsync(ServerUnderAttack server, AbuseOptions options)
    {
        using var crowd = new Crowd(server);
        await server.WatchAsync(AttackAsync, [401], TimeSpan.FromSeconds(5));

        async Task AttackAsync()
        {
            var times = new LatencyHistogram();
            await crowd.JoinAsync(options.Slow, i => i % 2 == 0 ? SignIn() : Message());
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            for (var i = 0; i < Seconds * 20; i++)
            {
                times.Record(await AskAsync());
                await timer.WaitForNextTickAsync(CancellationToken.None);
            }

            var answers = crowd.Answers();
            server.Note($"Who has signed in waited {Milliseconds(times.Percentile(0.5))} ms (p50), {Milliseconds(times.Percentile(0.99))} ms (p99), {Milliseconds(times.Percentile(1))} ms at most.");
            server.Note($"{options.Slow} strangers; after {Seconds} s they had got {string.Join(", ", answers.Select(answer => $"{answer.Value} × {answer.Key}"))} (0: closed without an answer that was read).");
            server.Expect(times.Percentile(1) < 1_000_000, "who has signed in waited longer than a second");
            server.Expect(!answers.ContainsKey(-1), "bodies that do not come were still waited for");
            crowd.Dispose();
        }

        async Task<long> AskAsync()
        {
            var answer = await server.Raw.SendAsync(
                Encoding.ASCII.GetBytes($"GET /conversations HTTP/1.1\r\nHost: {server.Raw.Host}\r\nX-Proxy-Secret: {Secret}\r\nX-Forwarded-User: alice\r\nConnection: close\r\n\r\n"),
                TimeSpan.FromSeconds(10));
            server.Expect(answer.Status == 200, $"who has signed in got {answer.Status}");
            return (long)answer.Took.TotalMicroseconds;
        }

        string SignIn() =>
            $"POST /session HTTP/1.1\r\nHost: {server.Raw.Host}\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{{\"key\":\"{new string('x', 3_900)}";

        string Message() =>
            $"POST /conversations HTTP/1.1\r\nHost: {server.Raw.Host}\r\nAuthorization: Bearer {KeyText.Make(out _)}\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{{\"title\":\"{new string('x', 50_000)}";
    }

    private static string Milliseconds(long? microseconds) => ServerUnderAttack.Show((microseconds ?? 0) / 1000.0);
}
