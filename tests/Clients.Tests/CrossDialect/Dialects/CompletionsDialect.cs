using System.Net.Http.Json;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Clients.Tests.CrossDialect.Dialects;

/// <summary>OpenAI's Chat Completions, by the ids of their chunks.</summary>
internal sealed class CompletionsDialect : Dialect
{
    public override string Name => "chat completions";

    public override async Task<Reading> StartAsync(ChatApi api, string question)
    {
        var body = new { model = "scripted", stream = true, messages = new[] { new { role = "user", content = question } } };
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(body) };
        return new SseReading(api, await SseConnection.OpenAsync(api.Http, request), null, Read);
    }

    public override async Task<Reading> ResumeAsync(ChatApi api, Place place)
    {
        var id = $"chatcmpl-{place.Conversation["conv_".Length..]}_{place.ReplyNumber}";
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/chat/completions/{id}?stream=true&starting_after={place.Sequence}");
        return new SseReading(api, await SseConnection.OpenAsync(api.Http, request), place, Read);
    }

    private static (string? Text, long? Sequence) Read(SseEvent next)
    {
        var text = "";
        foreach (var choice in next.Data.StartsWith('{') ? next.Json.GetProperty("choices").EnumerateArray() : default)
        {
            text += choice.GetProperty("delta").TryGetProperty("content", out var content) ? content.GetString() : null;
        }

        return (text, next.Id > 0 ? next.Id : null);
    }
}
