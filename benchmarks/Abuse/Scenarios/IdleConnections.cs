using System.Diagnostics;

namespace OrleansChat.Benchmarks.Abuse.Scenarios;

/// <summary>As many connections as the server takes, and more, that ask for nothing.</summary>
internal sealed class IdleConnections : IScenario
{
    public string Name => "idle";

    public string Deed => "As many connections as the server takes (`Limits:Connections`), without a request, and then a tenth more. New requests get in all the same: who has been idle for longest makes room.";

    public async Task RunAsync(ServerUnderAttack server, AbuseOptions options)
    {
        using var crowd = new Crowd(server);
        await server.WatchAsync(AttackAsync, [200], TimeSpan.FromSeconds(10));

        async Task AttackAsync()
        {
            var before = await server.HeldAsync();
            var began = Stopwatch.GetTimestamp();
            await crowd.JoinAsync(options.Connections, _ => "");
            var took = Stopwatch.GetElapsedTime(began);
            await Task.Delay(3000);
            var cost = (await server.HeldAsync() - before) * 1024 / options.Connections;
            server.Note($"{options.Connections} connections within {ServerUnderAttack.Show(took.TotalSeconds)} s cost {ServerUnderAttack.Show(cost)} KiB each.");
            await crowd.JoinAsync(options.Connections / 10, _ => "");
            await Task.Delay(10_000);
            var answers = crowd.Answers();
            server.Note($"Of {crowd.Sockets.Count} connections {answers.GetValueOrDefault(-1)} were open in the end; the others, and whoever asked, had their place.");
            crowd.Dispose();
        }
    }
}
