using System.Net.Http.Json;

namespace OrleansChat.Benchmarks.Load.Channels;

/// <summary>The hub and nchan: a channel is there as soon as somebody names it.</summary>
internal class PlainChannels(ServerAddress server, string following) : ChannelTarget
{
    private readonly HttpClient http = server.CreateHttpClient();

    protected ServerAddress Server { get; } = server;

    public override ReadOnlyMemory<byte> EndMarker { get; } = "[DONE]"u8.ToArray();

    public override ValueTask<string> CreateAsync() => new(Guid.NewGuid().ToString("N"));

    public override async Task StartAsync(string channel, string prompt)
    {
        using var response = await http.PostAsJsonAsync(new Uri($"/channels/{channel}", UriKind.Relative), new { content = prompt });
        response.EnsureSuccessStatusCode();
    }

    public override Request Follow(string channel, Cursor cursor) => Server.Get($"{following}/{channel}", cursor.LastEventId);

    protected override void Dispose(bool disposing)
    {
        http.Dispose();
        base.Dispose(disposing);
    }
}
