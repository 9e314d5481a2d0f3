using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace OrleansChat.Benchmarks.Relay;

/// <summary>How the baselines in this program reach the model.</summary>
internal static class ModelClient
{
    public static void Add(IServiceCollection services, Uri model)
    {
        services.AddSingleton(new HttpClient(new SocketsHttpHandler()) { BaseAddress = model, Timeout = Timeout.InfiniteTimeSpan });
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolver = new DefaultJsonTypeInfoResolver());
    }

    /// <summary>Reads a reply to its end and says each piece as the data of an event, the last of which is <c>[DONE]</c>.</summary>
    public static async Task ReadAsync(HttpClient upstream, string prompt, Func<string, ValueTask> publish)
    {
        // The request that asked for it is over by now.
        using var reply = await UpstreamReply.StartAsync(upstream, prompt, CancellationToken.None);
        await foreach (var content in reply.ReadAsync(CancellationToken.None))
        {
            await publish(JsonSerializer.Serialize(new ChatMessage(content), JsonSerializerOptions.Web));
        }

        await publish("[DONE]");
    }
}
