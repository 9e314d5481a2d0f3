using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Benchmarks.Measuring;
using OrleansChat.Benchmarks.Relay;

namespace OrleansChat.Benchmarks.Hub;

/// <summary>
/// The role <c>hub</c>, the baseline of fan-out: one process reads the model once and writes to everybody who follows. It stores nothing;
/// who was cut off finds the latest events in memory.
/// </summary>
internal static class HubCommand
{
    // With the default of 512, a thousand who come back at once wait a second for a SYN to be repeated.
    private const int Backlog = 8192;

    public static async Task<int> ExecuteAsync(Arguments arguments)
    {
        var port = arguments.Take("port", 5703);
        var model = new Uri(arguments.Require("model"));
        arguments.ThrowIfAnyLeft();

        var builder = ServerHost.CreateBuilder(port);
        builder.Services.Configure<SocketTransportOptions>(options => options.Backlog = Backlog);
        ModelClient.Add(builder.Services, model);

        var channels = new ConcurrentDictionary<string, HubChannel>();
        await using var app = builder.Build();
        app.MapGet("/health/ready", () => "ready");
        app.MapPost("/channels/{id}", (string id, ChatMessage message, HttpClient upstream) =>
        {
            var channel = channels.GetOrAdd(id, _ => new HubChannel());
            _ = ModelClient.ReadAsync(upstream, message.Content, data =>
            {
                channel.Publish(data);
                return default;
            });
            return Results.Accepted();
        });
        app.MapGet("/channels/{id}", (string id, HttpContext context) =>
            HubReader.FollowAsync(channels.GetOrAdd(id, _ => new HubChannel()), context));
        await app.RunAsync();
        return 0;
    }
}
