using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Clients.Tests.CrossDialect;

/// <summary>A reply being read as server-sent events.</summary>
/// <param name="api">The product.</param>
/// <param name="connection">The connection.</param>
/// <param name="start">Where it began; null for the beginning of a reply that was asked for here.</param>
/// <param name="read">What an event says: its text, if any, and the sequence that its cursor stands for, if any.</param>
internal sealed class SseReading(
    ChatApi api, SseConnection connection, Place? start, Func<SseEvent, (string? Text, long? Sequence)> read) : Reading
{
    private long sequence = start?.Sequence ?? 0;

    public override async Task<bool> NextAsync()
    {
        if (await connection.NextAsync() is not { } next)
        {
            Assert.False(connection.WasCut, $"Cut after '{Text}'.");
            return false;
        }

        var (text, cursor) = read(next);
        Text += text;
        sequence = cursor ?? sequence;
        return true;
    }

    public override async Task<Place> PlaceAsync()
    {
        var (conversation, reply) = start is null ? await PlacesOf.ReplyInAsync(api, connection.Response) : (start.Conversation, start.Reply);
        return new Place(conversation, reply, sequence, (start?.Text ?? "") + Text);
    }

    protected override void Dispose(bool disposing) => connection.Dispose();
}
