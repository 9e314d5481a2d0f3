using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Clients.Tests.CrossDialect.Dialects;

/// <summary>The tutorials' frames, which say where they are, and are resumed elsewhere.</summary>
internal sealed class ContentSseDialect : Dialect
{
    public override string Name => "content frames";

    public override async Task<Reading> StartAsync(ChatApi api, string question)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/chat?message={Uri.EscapeDataString(question)}");
        return new SseReading(api, await SseConnection.OpenAsync(api.Http, request), null, Read);
    }

    private static (string? Text, long? Sequence) Read(SseEvent next) =>
        next.Data.StartsWith("{\"content\"", StringComparison.Ordinal) ? (next.Json.GetProperty("content").GetString(), next.Id) : default;
}
