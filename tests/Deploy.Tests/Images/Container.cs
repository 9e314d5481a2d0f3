using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using OrleansChat.Deploy.Tests.Tools;
using OrleansChat.Testing;
using OrleansChat.Testing.Product;

namespace OrleansChat.Deploy.Tests.Images;

/// <summary>
/// An image run by an OCI runtime as the manifests run it: as the images' user, without any capability, on a root filesystem that
/// cannot be written to. It shares the machine's network, so that tests reach it.
/// </summary>
internal sealed class Container : IAsyncDisposable
{
    /// <summary>The runtime.</summary>
    public const string Runtime = "runc";

    /// <summary>Whom it runs as: what Microsoft's images set APP_UID to.</summary>
    public const int User = 1654;

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory bundle = new();
    private readonly ProgramProcess program;

    private Container(Image image, IEnumerable<(string Name, string Value)> settings, string? data, string[] arguments)
    {
        File.WriteAllText(Path.Combine(bundle.Path, "config.json"), Configuration(image, settings, data, arguments).ToJsonString());
        program = ProgramProcess.StartCommand(
            [Tool.Find(Runtime)!, "--root", Path.Combine(bundle.Path, "state"), "run", "--bundle", bundle.Path, $"orleanschat-{Guid.NewGuid():n}"], []);
    }

    /// <summary>What it has logged.</summary>
    public string Log => program.Log;

    /// <summary>Done when it has ended.</summary>
    public Task Ended => program.Ended;

    /// <summary>Starts an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="data">The directory at <c>/data</c>, the only one that it may write to, beside <c>/tmp</c>; null for none.</param>
    /// <param name="settings">Its environment.</param>
    public static Container Start(Image image, string? data, params IEnumerable<(string Name, string Value)> settings) => new(image, settings, data, []);

    /// <summary>Starts an image with arguments for its program.</summary>
    /// <inheritdoc cref="Start(Image, string, IEnumerable{ValueTuple{string, string}})" path="/param"/>
    /// <param name="arguments">The arguments.</param>
    public static Container Start(Image image, string? data, IEnumerable<(string Name, string Value)> settings, params string[] arguments) =>
        new(image, settings, data, arguments);

    /// <summary>Waits until the API in it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message has its log.</exception>
    public Task ReadyAsync(ChatApi api) => OrEndAsync(api.WaitUntilReadyAsync(StartPatience));

    /// <summary>Waits until a port of it is open.</summary>
    /// <inheritdoc cref="ReadyAsync" path="/exception"/>
    public Task OpenAsync(int port) => OrEndAsync(WaitUntilOpenAsync(port));

    /// <inheritdoc cref="ProgramProcess.StopAsync"/>
    public Task<int> StopAsync() => program.StopAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Killing the runtime would leave the container behind.
        if (!program.Ended.IsCompleted)
        {
            await program.StopAsync();
        }

        await program.DisposeAsync();
        bundle.Dispose();
    }

    private static async Task WaitUntilOpenAsync(int port)
    {
        using var limit = new CancellationTokenSource(StartPatience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsOpenAsync(port))
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    private static async Task<bool> IsOpenAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task OrEndAsync(Task ready)
    {
        if (await Task.WhenAny(ready, program.Ended) != ready)
        {
            throw new InvalidOperationException($"The container ended:\n{program.Log}");
        }

        await ready;
    }

    private static JsonObject Configuration(Image image, IEnumerable<(string Name, string Value)> settings, string? data, string[] arguments) => new()
    {
        ["ociVersion"] = "1.0.2",
        ["process"] = new JsonObject
        {
            ["user"] = new JsonObject { ["uid"] = User, ["gid"] = User },
            ["cwd"] = "/app",
            ["args"] = new JsonArray(["/usr/share/dotnet/dotnet", image.Program, .. arguments.Select(argument => (JsonNode)argument)]),
            ["env"] = new JsonArray([.. settings.Select(setting => (JsonNode)$"{setting.Name}={setting.Value}"), "DOTNET_RUNNING_IN_CONTAINER=true"]),
            ["capabilities"] = new JsonObject(),
            ["noNewPrivileges"] = true,
        },
        ["root"] = new JsonObject { ["path"] = image.Root, ["readonly"] = true },
        ["mounts"] = new JsonArray(
        [
            Mount("/proc", "proc", "proc"),
            Mount("/dev", "tmpfs", "tmpfs", "nosuid", "mode=755"),
            Mount("/tmp", "tmpfs", "tmpfs", "nosuid", "nodev", "mode=1777"),
            Bind("/usr/lib", "/usr/lib", "ro"),
            .. Directory.Exists("/usr/lib64") ? [Bind("/usr/lib64", "/usr/lib64", "ro")] : Array.Empty<JsonNode>(),
            Bind("/usr/share/dotnet", DotnetRoot(), "ro"),
            .. data is null ? Array.Empty<JsonNode>() : [Bind("/data", data, "rw")],
        ]),
        ["linux"] = new JsonObject
        {
            ["namespaces"] = new JsonArray([.. new[] { "pid", "ipc", "uts", "mount" }.Select(type => new JsonObject { ["type"] = type })]),
            ["maskedPaths"] = new JsonArray("/proc/kcore", "/proc/keys", "/proc/timer_list"),
            ["readonlyPaths"] = new JsonArray("/proc/sys", "/proc/sysrq-trigger"),
        },
    };

    private static JsonObject Bind(string destination, string source, string access) => Mount(destination, "bind", source, "rbind", access);

    private static JsonObject Mount(string destination, string type, string source, params IEnumerable<string> options) => new()
    {
        ["destination"] = destination,
        ["type"] = type,
        ["source"] = source,
        ["options"] = new JsonArray([.. options.Select(option => (JsonNode)option)]),
    };

    // …/shared/Microsoft.NETCore.App/10.0.0/
    private static string DotnetRoot() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
}
