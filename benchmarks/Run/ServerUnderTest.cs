namespace OrleansChat.Benchmarks.Run;

/// <summary>The server that the clients talk to, with its data; both are gone afterwards.</summary>
internal sealed class ServerUnderTest : IDisposable
{
    private readonly ManagedProcess? running;
    private readonly string? folder;

    private ServerUnderTest(int id, Uri url, ManagedProcess? process, string? data)
    {
        Id = id;
        Url = url;
        running = process;
        folder = data;
    }

    public int Id { get; }

    public Uri Url { get; }

    public static async Task<ServerUnderTest> StartAsync(
        string target, RunOptions options, Pinning pinning, ManagedProcess model, Uri modelUrl, CancellationToken cancellationToken)
    {
        if (target == "direct")
        {
            // The model stays where it is in the other cases: the floor is that of the generator as it is used.
            return new ServerUnderTest(model.Id, modelUrl, process: null, data: null);
        }

        var port = Roles.FreePort();
        var url = new Uri($"http://127.0.0.1:{port}/");
        var data = target == "relay" ? null : Directory.CreateTempSubdirectory("orleanschat-benchmark-").FullName;
        var process = data is null
            ? ManagedProcess.Start($"{Roles.Command("relay")} --port {port} --model {modelUrl}", pinning.Server, Roles.Root, RelayEnvironment(options))
            : ManagedProcess.Start(options.Command, pinning.Server, Roles.Root, ProductEnvironment(options, url, modelUrl, data));
        var server = new ServerUnderTest(process.Id, url, process, data);
        try
        {
            await Readiness.WaitAsync(target, process, new Uri(url, "health/ready"), TimeSpan.FromSeconds(options.ReadySeconds), cancellationToken);
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>A dead process has used no CPU, which must not look like thrift.</summary>
    public void ThrowIfEnded(string target)
    {
        if (running is { HasExited: true })
        {
            throw new UsageException($"{target} ended in mid-run. Its last words:{Environment.NewLine}{running.LastWords()}");
        }
    }

    public void Dispose()
    {
        running?.Dispose();
        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Has what a web project has by default, and the relay lacks for living in a console project.</summary>
    private static Dictionary<string, string> RelayEnvironment(RunOptions options) =>
        WithOptions(new Dictionary<string, string> { ["DOTNET_gcServer"] = "1" }, options);

    private static Dictionary<string, string> ProductEnvironment(RunOptions options, Uri url, Uri modelUrl, string data) => WithOptions(
        new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = url.GetLeftPart(UriPartial.Authority),
            ["Storage__Path"] = data,
            ["Models__Default"] = "bench",
            ["Models__bench__Provider"] = "openai",
            ["Models__bench__Endpoint"] = new Uri(modelUrl, "v1").ToString(),
            ["Models__bench__ApiKey"] = "none",
            ["Models__bench__Model"] = "bench",
            ["Logging__LogLevel__Default"] = "Warning",
        },
        options);

    private static Dictionary<string, string> WithOptions(Dictionary<string, string> environment, RunOptions options)
    {
        foreach (var setting in options.Environment)
        {
            var (name, value) = setting.Split('=', 2) is [var left, var right]
                ? (left, right)
                : throw new UsageException($"--environment: '{setting}' is not NAME=value.");
            environment[name] = value;
        }

        return environment;
    }
}
