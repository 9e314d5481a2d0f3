using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace OrleansChat.Benchmarks.Hub;

/// <summary>One who follows: whatever has come since the last flush goes with the next.</summary>
internal static class HubReader
{
    public static async Task FollowAsync(HubChannel channel, HttpContext context)
    {
        var frames = channel.Join(long.TryParse(context.Request.Headers["Last-Event-ID"], out var after) ? after : 0);
        try
        {
            context.Response.ContentType = "text/event-stream";
            var output = context.Response.BodyWriter;
            await output.FlushAsync(context.RequestAborted);
            while (await frames.Reader.WaitToReadAsync(context.RequestAborted))
            {
                while (frames.Reader.TryRead(out var frame))
                {
                    output.Write(frame);
                }

                await output.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has gone.
        }
        finally
        {
            channel.Leave(frames);
        }
    }
}
