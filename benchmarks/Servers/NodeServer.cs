using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Servers;

/// <summary>The baselines for Node.js: one process, as a core has it, in production mode.</summary>
internal static class NodeServer
{
    public static Task StartExpressAsync(ServerUnderTest server, ServerStart start, CancellationToken cancellationToken) =>
        StartAsync(server, start, [], cancellationToken);

    public static async Task StartResumableStreamAsync(ServerUnderTest server, ServerStart start, CancellationToken cancellationToken)
    {
        await DebianPackages.EnsureAsync(cancellationToken, "redis-server");
        var port = Roles.FreePort();

        // What is in Redis lives as long as a reply: nothing is written to the disk.
        server.Start(
            $"redis-server --bind 127.0.0.1 --port {port} --save '' --appendonly no --loglevel warning",
            start.Pinning.Server,
            server.NewFolder(),
            []);
        await StartAsync(server, start, new() { ["REDIS_URL"] = $"redis://127.0.0.1:{port}" }, cancellationToken);
    }

    private static async Task StartAsync(
        ServerUnderTest server, ServerStart start, Dictionary<string, string> further, CancellationToken cancellationToken)
    {
        var folder = Baselines.FolderOf(start.Case.Target);
        await NodePackages.EnsureAsync(folder, cancellationToken);
        var url = Roles.FreeUrl();
        var environment = new Dictionary<string, string>(further)
        {
            ["NODE_ENV"] = "production",
            ["PORT"] = $"{url.Port}",
            ["MODEL_URL"] = $"{start.ModelUrl}",
        };
        var process = server.Start("node server.js", start.Pinning.Server, folder, environment);
        server.Urls.Add(url);
        await Readiness.WaitAsync(start.Case.Target, process, new Uri(url, "health/ready"), start.Patience, cancellationToken);
    }
}
