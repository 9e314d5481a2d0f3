using System.Net.Http.Json;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Clients.Tests.CrossDialect.Dialects;

/// <summary>OpenAI's Responses, with cursors by their rule.</summary>
internal sealed class ResponsesDialect : Dialect
{
    private const int FramesPerEvent = 1_000;

    public override string Name => "responses";

    public override async Task<Reading> StartAsync(ChatApi api, string question)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/responses") { Content = JsonContent.Create(new { input = question, stream = true }) };
        var start = 0L;
        return new SseReading(api, await SseConnection.OpenAsync(api.Http, request), null, next =>
        {
            if (next.Type == "response.created")
            {
                start = long.Parse(next.Json.GetProperty("response").GetProperty("id").GetString()!.Split('_')[^1], System.Globalization.CultureInfo.InvariantCulture);
            }

            return Read(next, start);
        });
    }

    public override async Task<Reading> ResumeAsync(ChatApi api, Place place)
    {
        var after = place.Sequence < place.ReplyNumber ? "" : $"&starting_after={((place.Sequence - place.ReplyNumber) * FramesPerEvent) + FramesPerEvent - 1}";
        var id = $"resp_{place.Conversation["conv_".Length..]}_{place.ReplyNumber}";
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/responses/{id}?stream=true{after}");
        return new SseReading(api, await SseConnection.OpenAsync(api.Http, request), place, next => Read(next, place.ReplyNumber));
    }

    private static (string? Text, long? Sequence) Read(SseEvent next, long start) => next.Type == "response.output_text.delta"
        ? (next.Json.GetProperty("delta").GetString(), start + (next.Json.GetProperty("sequence_number").GetInt64() / FramesPerEvent))
        : default;
}
