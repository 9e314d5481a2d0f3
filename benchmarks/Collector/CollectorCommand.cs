using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.Collector;

/// <summary>The role <c>collector</c>: takes telemetry by OTLP over HTTP, and throws it away.</summary>
internal static class CollectorCommand
{
    public static async Task<int> ExecuteAsync(Arguments arguments)
    {
        var port = arguments.Take("port", 5705);
        arguments.ThrowIfAnyLeft();

        var received = false;
        await using var app = ServerHost.CreateBuilder(port).Build();

        // Who measures what telemetry costs waits for this, lest he measure what it costs to have none.
        app.MapGet("/received", () => Volatile.Read(ref received) ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        app.MapPost("/v1/{signal}", async (HttpRequest request) =>
        {
            await request.Body.CopyToAsync(Stream.Null, request.HttpContext.RequestAborted);
            Volatile.Write(ref received, true);

            // An empty answer is a message too: everything was taken.
            return Results.Bytes([], "application/x-protobuf");
        });
        await app.RunAsync();
        return 0;
    }
}
