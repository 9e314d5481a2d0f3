using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.ModelServer;

/// <summary>The role <c>model-server</c>: speaks OpenAI Chat Completions, thinks of nothing, and is punctual.</summary>
internal static class ModelServerCommand
{
    // More than the kernel's default backlog of connections, so that no client of a burst waits for a SYN to be repeated.
    private const int Backlog = 4096;

    public static async Task<int> ExecuteAsync(Arguments arguments)
    {
        var port = arguments.Take("port", 5701);
        var defaults = new ReplyPace(arguments.Take("rate", 30.0), arguments.Take("count", 300));
        arguments.ThrowIfAnyLeft();

        var builder = ServerHost.CreateBuilder(port);
        builder.Services.Configure<KestrelServerOptions>(options =>
        {
            // A server under test that reads slowly is a finding to be measured, not a reason to cut its connection.
            options.Limits.MinResponseDataRate = null;
        });
        builder.Services.Configure<SocketTransportOptions>(options =>
        {
            options.Backlog = Backlog;

            // The pacer's thread then does the write itself, without a hop through the thread pool for each delta.
            options.UnsafePreferInlineScheduling = true;
        });

        using var pacer = new Pacer();
        await using var app = builder.Build();
        app.MapPost("/v1/chat/completions", context => ChatCompletions.HandleAsync(context, defaults, pacer));
        app.MapGet("/v1/models", () => Results.Text(
            """{"object":"list","data":[{"id":"bench","object":"model","created":1767225600,"owned_by":"bench"}]}""",
            "application/json"));
        app.MapGet("/pacing", () => Results.Text(JsonSerializer.Serialize(pacer.TakeReport().ToFigures()), "application/json"));
        await app.RunAsync();
        return 0;
    }
}
