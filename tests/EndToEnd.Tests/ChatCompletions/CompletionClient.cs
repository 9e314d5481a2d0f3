using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.ChatCompletions;

/// <summary>Chat completions as they go over the wire.</summary>
internal static class CompletionClient
{
    private const string Path = "/v1/chat/completions";

    /// <summary>A question of the user, to be sent.</summary>
    public static object[] Ask(string content) => [new { role = "user", content }];

    /// <summary>Asks for a whole completion.</summary>
    public static Task<JsonElement> CompleteAsync(this ChatApi api, object body, HttpStatusCode expected = HttpStatusCode.OK) =>
        api.PostAsync(Path, body, expected);

    /// <summary>Asks for chunks.</summary>
    public static Task<SseConnection> StreamAsync(this ChatApi api, object body, params IEnumerable<(string Name, string Value)> headers) =>
        api.PostAndFollowAsync(Path, body, headers);

    /// <summary>Asks for the rest of the chunks.</summary>
    public static Task<SseConnection> ResumeAsync(this ChatApi api, string id, long after, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}/{id}?stream=true{query}");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", $"{after}");
        return SseConnection.OpenAsync(api.Http, request);
    }

    /// <summary>Asks with headers of its own, and reads the answer, whatever it is.</summary>
    public static async Task<(HttpStatusCode Status, HttpResponseHeaders Headers, JsonElement Body)> SendAsync(
        this ChatApi api, object body, params IEnumerable<(string Name, string Value)> headers)
    {
        using var response = await api.RequestAsync(HttpMethod.Post, Path, body, headers);
        return (response.StatusCode, response.Headers, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>The chunks among events, without the end mark.</summary>
    public static IReadOnlyList<JsonElement> Chunks(this IEnumerable<SseEvent> events) =>
        [.. events.Where(e => e.Data != "[DONE]").Select(e => e.Json)];

    /// <summary>What all chunks add to one property of the reply.</summary>
    public static string Said(this IEnumerable<SseEvent> events, string property = "content") => string.Concat(
        events.Chunks().Where(chunk => chunk.TryGetProperty("choices", out var choices) && choices.GetArrayLength() > 0)
            .Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta"))
            .Select(delta => delta.TryGetProperty(property, out var piece) ? piece.GetString() : ""));

    /// <summary>The conversation underneath.</summary>
    public static string Conversation(this HttpResponseHeaders headers) => headers.GetValues("X-Conversation-Id").Single();
}
