using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Clients.Tests.CrossDialect.Dialects;

/// <summary>Durable Streams, which read.</summary>
internal sealed class DurableStreamsDialect : Dialect
{
    public override string Name => "durable streams";

    public override async Task<Reading> ResumeAsync(ChatApi api, Place place)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Get, $"/streams/{place.Conversation}/{place.Reply}?live=sse&offset={place.Sequence:D16}");
        return new SseReading(api, await SseConnection.OpenAsync(api.Http, request), place, Read);
    }

    private static (string? Text, long? Sequence) Read(SseEvent next) => next.Type == "data"
        ? (SseConnection.TextOf(next.Json.EnumerateArray().Select(message => new SseEvent(0, message.GetProperty("type").GetString()!, message.GetRawText()))), null)
        : (null, long.Parse(next.Json.GetProperty("streamNextOffset").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
}
