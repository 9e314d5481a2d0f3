using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OrleansChat.Benchmarks.ModelServer;

/// <summary>One streamed reply: role, deltas at their pace, finish reason, usage if asked for, <c>[DONE]</c>.</summary>
internal static class ChatCompletions
{
    public static async Task HandleAsync(HttpContext context, ReplyPace defaults, Pacer pacer)
    {
        ChatRequest request;
        try
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            request = ChatRequest.Read(body.RootElement, defaults);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            await RefuseAsync(context, problem.Message);
            return;
        }

        if (!request.Stream)
        {
            await RefuseAsync(context, "Only stream:true is served.");
            return;
        }

        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";

        var chunks = new ChunkWriter(request.Model, request.IncludeUsage);
        var output = context.Response.BodyWriter;
        chunks.WriteRole(output);
        await output.FlushAsync(context.RequestAborted);

        var reply = new PacedReply(output, chunks.DeltaTemplate(), request.Pace);
        if (await pacer.StreamAsync(reply))
        {
            chunks.WriteEnd(output, request.Pace.Count);
            await output.FlushAsync(context.RequestAborted);
        }
    }

    private static Task RefuseAsync(HttpContext context, string message)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync(
            $$$"""{"error":{"message":"{{{JsonEncodedText.Encode(message)}}}","type":"invalid_request_error","param":null,"code":null}}""");
    }
}
