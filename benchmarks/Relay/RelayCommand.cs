using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.Relay;

/// <summary>
/// The role <c>relay</c>, the baseline: what one writes in an afternoon to get a model's stream to a browser. It stores nothing,
/// resumes nothing and forgets everything; whatever a real backend costs above this is the price of its promises.
/// </summary>
internal static class RelayCommand
{
    public static async Task<int> ExecuteAsync(Arguments arguments)
    {
        var port = arguments.Take("port", 5702);
        var model = new Uri(arguments.Require("model"));
        arguments.ThrowIfAnyLeft();

        var builder = ServerHost.CreateBuilder(port);
        ModelClient.Add(builder.Services, model);

        await using var app = builder.Build();
        app.MapGet("/health/ready", () => "ready");
        app.MapPost("/chat", async (ChatMessage message, HttpClient upstream, HttpContext context) =>
        {
            using var reply = await UpstreamReply.StartAsync(upstream, message.Content, context.RequestAborted);
            context.Response.ContentType = "text/event-stream";
            await foreach (var content in reply.ReadAsync(context.RequestAborted))
            {
                await WriteAsync(context.Response, new ChatMessage(content));
            }

            await context.Response.WriteAsync("data: [DONE]\n\n");
        });
        app.MapGet("/idle", async (HttpContext context) =>
        {
            // A reader to whom nothing happens.
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        await app.RunAsync();
        return 0;
    }

    // Through the writer, because Body.WriteAsync flushes each time: three system calls for a delta, and a baseline too easy to beat.
    private static async ValueTask WriteAsync(HttpResponse response, ChatMessage message)
    {
        response.BodyWriter.Write("data: "u8);
        response.BodyWriter.Write(JsonSerializer.SerializeToUtf8Bytes(message, JsonSerializerOptions.Web));
        response.BodyWriter.Write("\n\n"u8);
        await response.BodyWriter.FlushAsync();
    }
}

internal sealed record ChatMessage(string Content);
