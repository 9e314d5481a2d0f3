using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Clients.Tests.CrossDialect.Dialects;

/// <summary>Our own.</summary>
internal sealed class NativeDialect : Dialect
{
    public override string Name => "native";

    public override async Task<Reading> StartAsync(ChatApi api, string question)
    {
        var conversation = await api.CreateAsync();
        return new SseReading(api, await api.SendAndFollowAsync(conversation, question), null, Read);
    }

    public override async Task<Reading> ResumeAsync(ChatApi api, Place place) =>
        new SseReading(api, await api.FollowAsync(place.Conversation, "until=idle", place.Sequence), place, Read);

    private static (string? Text, long? Sequence) Read(SseEvent next) =>
        (next.Type == "reply.delta" ? next.Json.GetProperty("text").GetString() : null, next.Id);
}
