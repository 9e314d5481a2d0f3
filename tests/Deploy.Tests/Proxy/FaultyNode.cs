using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansChat.Deploy.Tests.Proxy;

/// <summary>A node that says that it is ready, and hears every request without answering it.</summary>
internal sealed class FaultyNode : IAsyncDisposable
{
    private readonly WebApplication host;
    private readonly ConcurrentQueue<string> heard = new();

    private FaultyNode(WebApplication app) => host = app;

    /// <summary>Where it is.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Which requests it has heard: their methods.</summary>
    public IReadOnlyList<string> Heard => [.. heard];

    /// <summary>Starts one.</summary>
    /// <param name="fault">What it does with a request.</param>
    public static async Task<FaultyNode> StartAsync(Action<HttpContext> fault)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var node = new FaultyNode(app);
        app.Run(context =>
        {
            if (context.Request.Path != "/health/ready")
            {
                node.heard.Enqueue(context.Request.Method);
                fault(context);
            }

            return Task.CompletedTask;
        });
        await app.StartAsync();
        node.Address = new Uri(app.Urls.Single());
        return node;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => host.DisposeAsync();
}
