namespace OrleansChat.Benchmarks.Load.Channels;

/// <summary>Relays have nothing to follow; what a connection costs them can be measured all the same.</summary>
internal sealed class IdleChannels(ServerAddress server) : ChannelTarget
{
    public override ReadOnlyMemory<byte> EndMarker => default;

    public override ValueTask<string> CreateAsync() => new("");

    public override Task StartAsync(string channel, string prompt) => throw new UsageException("Nobody can follow a relay's replies.");

    public override Request Follow(string channel, Cursor cursor) => server.Get("/idle", cursor.LastEventId);
}
