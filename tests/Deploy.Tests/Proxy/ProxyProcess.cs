using OrleansChat.Deploy.Tests.Tools;
using OrleansChat.Testing;
using OrleansChat.Testing.Product;

namespace OrleansChat.Deploy.Tests.Proxy;

/// <summary>HAProxy with the configuration that is deployed, but for the addresses: its own are free ones, its nodes' are given.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory directory = new();
    private readonly ProgramProcess program;
    private readonly HttpClient health;

    private ProxyProcess(string key, IReadOnlyList<Uri> nodes)
    {
        var (port, healthPort) = (FreePort.Next(), FreePort.Next());
        var configuration = Repository.Read("deploy/haproxy.cfg");
        configuration = ReplaceLine(configuration, "    bind :8080", $"    bind 127.0.0.1:{port}");
        configuration = ReplaceLine(configuration, "    bind 127.0.0.1:8405", $"    bind 127.0.0.1:{healthPort}");
        configuration = ReplaceLine(
            configuration,
            "    server-template api- 16 api:8080 resolvers names init-addr none",
            string.Join('\n', nodes.Select((node, i) => $"    server api-{i + 1} {node.Host}:{node.Port}")));
        var path = Path.Combine(directory.Path, "haproxy.cfg");
        File.WriteAllText(path, configuration);

        program = ProgramProcess.StartCommand([Tool.Find("haproxy")!, "-db", "-f", path], []);
        Api = new ChatApi(new Uri($"http://127.0.0.1:{port}"), key);
        health = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{healthPort}") };
    }

    /// <summary>The API through it, with the key that all nodes know.</summary>
    public ChatApi Api { get; }

    /// <summary>What it has logged.</summary>
    public string Log => program.Log;

    /// <summary>Starts it before these nodes, and waits until it finds one of them ready.</summary>
    public static async Task<ProxyProcess> StartAsync(params IReadOnlyList<Uri> nodes)
    {
        var proxy = new ProxyProcess(await SharedKey.TextAsync(), nodes);
        await proxy.WaitUntilAsync(ready: true);
        return proxy;
    }

    /// <summary>Waits until it finds a node ready, or none.</summary>
    public async Task WaitUntilAsync(bool ready)
    {
        using var limit = new CancellationTokenSource(StartPatience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await IsReadyAsync() != ready)
        {
            if (program.Ended.IsCompleted)
            {
                throw new InvalidOperationException($"HAProxy ended:\n{program.Log}");
            }

            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Waits until it has logged something.</summary>
    public async Task WaitForLogAsync(string text)
    {
        using var limit = new CancellationTokenSource(StartPatience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!Log.Contains(text, StringComparison.Ordinal))
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        Api.Dispose();
        health.Dispose();
        directory.Dispose();
    }

    private static string ReplaceLine(string text, string line, string replacement)
    {
        var lines = text.Split('\n');
        Assert.Single(lines, line);
        return string.Join('\n', lines.Select(each => each == line ? replacement : each));
    }

    private async Task<bool?> IsReadyAsync()
    {
        try
        {
            using var response = await health.GetAsync(new Uri("/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It has yet to start.
            return null;
        }
    }
}
