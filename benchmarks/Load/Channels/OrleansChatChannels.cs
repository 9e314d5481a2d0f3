namespace OrleansChat.Benchmarks.Load.Channels;

/// <summary>OrleansChat's native API: conversations, and their events.</summary>
internal sealed class OrleansChatChannels(ServerAddress server) : ChannelTarget
{
    private readonly OrleansChatApi api = new(server);

    public override ReadOnlyMemory<byte> EndMarker { get; } = "event: reply.completed"u8.ToArray();

    public override async ValueTask<string> CreateAsync() => await api.NextConversationAsync();

    public override Task StartAsync(string channel, string prompt) => api.SendAsync(channel, prompt);

    public override Request Follow(string channel, Cursor cursor) => server.Get($"/conversations/{channel}/events", cursor.LastEventId);

    protected override void Dispose(bool disposing)
    {
        api.Dispose();
        base.Dispose(disposing);
    }
}
