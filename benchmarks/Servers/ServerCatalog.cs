using OrleansChat.Benchmarks.Servers.Product;

namespace OrleansChat.Benchmarks.Servers;

/// <summary>How each target is started.</summary>
internal static class ServerCatalog
{
    private static readonly Dictionary<string, Func<ServerUnderTest, ServerStart, CancellationToken, Task>> s_targets = new()
    {
        ["direct"] = Direct,
        ["relay"] = RoleServer.StartAsync,
        ["hub"] = RoleServer.StartAsync,
        ["express"] = NodeServer.StartExpressAsync,
        ["resumable-stream"] = NodeServer.StartResumableStreamAsync,
        ["fastapi"] = FastApiServer.StartAsync,
        ["nchan"] = NchanServer.StartAsync,
        ["orleanschat"] = OrleansChatServer.StartAsync,
    };

    public static void ThrowIfUnknown(string target)
    {
        if (!s_targets.ContainsKey(target))
        {
            throw new UsageException($"Unknown target '{target}': {string.Join(", ", s_targets.Keys)}.");
        }
    }

    /// <summary>Starts a target and waits until it is ready.</summary>
    /// <exception cref="UnavailableException">This machine lacks what it needs.</exception>
    public static async Task<ServerUnderTest> StartAsync(ServerStart start, CancellationToken cancellationToken)
    {
        var server = new ServerUnderTest(start.Case.Target);
        try
        {
            var cluster = start.Case is { Target: "orleanschat", Topology: not null };
            await (cluster ? OrleansChatCluster.StartAsync : s_targets[start.Case.Target])(server, start, cancellationToken);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>The model stays where it is in the other cases: the floor is that of the generator as it is used.</summary>
    private static Task Direct(ServerUnderTest server, ServerStart start, CancellationToken cancellationToken)
    {
        server.Measure(start.Model);
        server.Urls.Add(start.ModelUrl);
        return Task.CompletedTask;
    }
}
