using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrleansChat.Testing.Secrecy;
using OrleansChat.Testing.Time;

namespace OrleansChat.Testing.Models;

/// <summary>
/// A real HTTP server on a free port of this machine that answers Chat Completions requests by script: one queued script per
/// request, in order, and <see cref="Default"/> when none is queued.
/// </summary>
/// <example><code>
/// await using var server = await ModelServer.StartAsync();
/// server.Enqueue(ModelScript.Reply("Hello", " world"));
/// // … a client posts to server.Endpoint …
/// var request = await server.NextRequestAsync();
/// await request.Aborted;
/// </code></example>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication host;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentQueue<ModelScript> scripts = new();
    private readonly ConcurrentQueue<ModelRequest> requests = new();
    private readonly Channel<ModelRequest> arrivals = Channel.CreateUnbounded<ModelRequest>();

    private ModelServer(WebApplication app, TimeProvider time) => (host, this.time) = (app, time);

    /// <summary>The base URL to configure, such as <c>http://127.0.0.1:41234/v1</c>.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>What requests get for which no script is queued. Default: a reply of four pieces, <c>Hello, world!</c></summary>
    public ModelScript Default { get; set; } = ModelScript.Reply("Hello", ",", " world", "!");

    /// <summary>What requests get for which no script is queued, where that depends on them; null for <see cref="Default"/>.</summary>
    public Func<ModelRequest, ModelScript>? Answer { get; set; }

    /// <summary>All requests so far, in the order in which they came.</summary>
    public IReadOnlyList<ModelRequest> Requests => [.. requests];

    /// <summary>Starts a server.</summary>
    /// <param name="time">The clock of <see cref="ModelScript.Pause"/>. Default: the system's.</param>
    public static async Task<ModelServer> StartAsync(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        // Clients keep their connections, and some scripts never end: there is nothing to wait for.
        builder.WebHost.UseShutdownTimeout(TimeSpan.Zero);
        var app = builder.Build();
        var server = new ModelServer(app, time ?? TimeProvider.System);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        server.Endpoint = new Uri(app.Urls.Single() + "/v1");
        return server;
    }

    /// <summary>Queues a script for each of the next requests.</summary>
    public void Enqueue(params ModelScript[] scripts)
    {
        ArgumentNullException.ThrowIfNull(scripts);
        foreach (var script in scripts)
        {
            this.scripts.Enqueue(script);
        }
    }

    /// <summary>The next request that has not been asked for in this way, when it has come; its script is then about to begin.</summary>
    /// <exception cref="TimeoutException">None came within <see cref="TestLimits.Signal"/>.</exception>
    public Task<ModelRequest> NextRequestAsync() => arrivals.Reader.ReadAsync().AsTask().WaitAsync(TestLimits.Signal);

    /// <summary>Ends all scripts and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await host.DisposeAsync();
        stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new ModelRequest(context.Request, await reader.ReadToEndAsync(context.RequestAborted));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping.Token);
        var run = new ScriptRun(context, this.time, stop.Token);
        await using var leaving = context.RequestAborted.Register(() => ClientMayHaveLeft(request, run));
        Gathering.Json(System.Text.Encoding.UTF8.GetBytes(request.Body));
        requests.Enqueue(request);
        arrivals.Writer.TryWrite(request);
        try
        {
            await run.RunAsync(this.scripts.TryDequeue(out var script) ? script : Answer?.Invoke(request) ?? Default);
            request.ScriptEnded();
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private void ClientMayHaveLeft(ModelRequest request, ScriptRun run)
    {
        if (!run.HasBroken && !stopping.IsCancellationRequested)
        {
            request.ClientLeft();
        }
    }
}
