using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Mime;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OrleansChat.Testing.Time;

namespace OrleansChat.Testing.Models.Responses;

/// <summary>
/// A real HTTP server on a free port of this machine that speaks OpenAI's Responses API as far as a client of it needs: create with a stream,
/// read on after an event, cancel. The responses are written by the test.
/// </summary>
/// <example><code>
/// await using var server = await ResponsesServer.StartAsync();
/// // … a client posts to server.Endpoint …
/// var response = await server.NextResponseAsync();
/// response.Emit("Hello");
/// response.Break(cleanly: false);
/// response.Complete();
/// </code></example>
public sealed class ResponsesServer : IAsyncDisposable
{
    private readonly WebApplication host;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<string, ServedResponse> known = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ServedResponse> created = new();
    private readonly ConcurrentQueue<string> requests = new();
    private readonly Channel<ServedResponse> arrivals = Channel.CreateUnbounded<ServedResponse>();
    private readonly ConcurrentQueue<(int Status, string Body)> refusals = new();

    private ResponsesServer(WebApplication app) => host = app;

    /// <summary>The base URL to configure, such as <c>http://127.0.0.1:41234/v1</c>.</summary>
    public Uri Endpoint { get; private set; } = null!;

    /// <summary>All responses that were asked for, in order: the generations that somebody would have to pay.</summary>
    public IReadOnlyList<ServedResponse> Responses => [.. created];

    /// <summary>All requests, as <c>POST /v1/responses</c>, in order.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    /// <summary>Completes before a response that was asked for begins its answer. Default: at once.</summary>
    public Task Beginning { get; set; } = Task.CompletedTask;

    /// <summary>Starts a server.</summary>
    public static async Task<ResponsesServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseShutdownTimeout(TimeSpan.Zero);
        var app = builder.Build();
        var server = new ResponsesServer(app);
        app.MapPost("/v1/responses", server.CreateAsync);
        app.MapGet("/v1/responses/{id}", server.ReadAsync);
        app.MapPost("/v1/responses/{id}/cancel", server.CancelAsync);
        await app.StartAsync();
        server.Endpoint = new Uri(app.Urls.Single() + "/v1");
        return server;
    }

    /// <summary>The next response that has not been asked for in this way, as soon as a client has asked for it.</summary>
    /// <exception cref="TimeoutException">None was asked for within <see cref="TestLimits.Signal"/>.</exception>
    public Task<ServedResponse> NextResponseAsync() => arrivals.Reader.ReadAsync().AsTask().WaitAsync(TestLimits.Signal);

    /// <summary>Refuses the next request, whatever it is.</summary>
    public void RefuseNext(int status, string body = """{"error":{"message":"No, sk-secret.","type":"server_error","param":null,"code":"some_code"}}""") =>
        refusals.Enqueue((status, body));

    /// <summary>Forgets a response, as providers do after some time.</summary>
    public void Forget(ServedResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        known.TryRemove(response.Id, out _);
    }

    /// <summary>Ends all streams and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await host.DisposeAsync();
        stopping.Dispose();
    }

    private async Task CreateAsync(HttpContext context)
    {
        if (await RefuseAsync(context))
        {
            return;
        }

        var request = (await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted)).RootElement.Clone();
        var response = new ServedResponse($"resp_{created.Count + 1}", request);
        created.Enqueue(response);
        known[response.Id] = response;
        arrivals.Writer.TryWrite(response);
        await Beginning;
        await StreamAsync(context, response, after: null);
    }

    private async Task ReadAsync(HttpContext context, string id, bool stream, long starting_after)
    {
        if (await RefuseAsync(context))
        {
            return;
        }

        if (!stream || !known.TryGetValue(id, out var response) || !response.IsBackground)
        {
            await NotFoundAsync(context, id);
            return;
        }

        await StreamAsync(context, response, starting_after);
    }

    private async Task CancelAsync(HttpContext context, string id)
    {
        if (await RefuseAsync(context))
        {
            return;
        }

        if (!known.TryGetValue(id, out var response) || !response.IsBackground)
        {
            await NotFoundAsync(context, id);
            return;
        }

        response.Cancel();
        await AnswerAsync(context, 200, $$"""{"id":"{{id}}","object":"response","status":"cancelled"}""");
    }

    private async Task StreamAsync(HttpContext context, ServedResponse response, long? after)
    {
        context.Response.ContentType = MediaTypeNames.Text.EventStream;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping.Token);
        try
        {
            if (!await response.ServeAsync(after, SendAsync, stop.Token))
            {
                context.Abort();
            }
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            if (!stopping.IsCancellationRequested)
            {
                response.ReaderLeft();
            }

            context.Abort();
        }

        async Task SendAsync(string frame)
        {
            await context.Response.WriteAsync(frame, stop.Token);
            await context.Response.Body.FlushAsync(stop.Token);
        }
    }

    private async Task<bool> RefuseAsync(HttpContext context)
    {
        requests.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{context.Request.Method} {context.Request.Path}"));
        if (!refusals.TryDequeue(out var refusal))
        {
            return false;
        }

        await AnswerAsync(context, refusal.Status, refusal.Body);
        return true;
    }

    private static Task NotFoundAsync(HttpContext context, string id) => AnswerAsync(
        context, 404, $$$"""{"error":{"message":"Response with id '{{{id}}}' not found.","type":"invalid_request_error","param":"id","code":null}}""");

    private static Task AnswerAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaTypeNames.Application.Json;
        return context.Response.WriteAsync(body);
    }
}
