using System.Net.Http.Json;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Clients.Tests.CrossDialect.Dialects;

/// <summary>The AI SDK's UI message streams, by their ids.</summary>
internal sealed class UiMessageDialect : Dialect
{
    private const string Delta = "{\"type\":\"text-delta\"";

    public override string Name => "UI messages";

    public override Task<Reading> StartAsync(ChatApi api, string question) => OpenAsync(api, null, new HttpRequestMessage(HttpMethod.Post, "/api/chat")
    {
        Content = JsonContent.Create(new { message = new { role = "user", parts = new[] { new { type = "text", text = question } } } }),
    });

    public override Task<Reading> ResumeAsync(ChatApi api, Place place)
    {
        var run = $"run_{place.Conversation["conv_".Length..]}_{place.ReplyNumber}";
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/chat/{run}/stream");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", $"{place.Sequence}");
        return OpenAsync(api, place, request);
    }

    private static async Task<Reading> OpenAsync(ChatApi api, Place? place, HttpRequestMessage request) =>
        new SseReading(api, await SseConnection.OpenAsync(api.Http, request), place, Read);

    private static (string? Text, long? Sequence) Read(SseEvent next) => (
        next.Data.StartsWith(Delta, StringComparison.Ordinal) ? next.Json.GetProperty("delta").GetString() : null,
        next.Id > 0 ? next.Id : null);
}
