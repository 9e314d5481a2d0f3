using System.Net.Http.Json;

namespace OrleansChat.Benchmarks.Load.Channels;

/// <summary>The hub and nchan: a channel is there as soon as somebody names it.</summary>
internal sealed class PlainChannels(ServerAddress server, string following) : ChannelTarget
{
    private readonly HttpClient http = server.CreateHttpClient();

    public override ReadOnlyMemory<byte> EndMarker { get; } = "[DONE]"u8.ToArray();

    public override ValueTask<string> CreateAsync() => new(Guid.NewGuid().ToString("N"));

    public override async Task StartAsync(string channel, string prompt)
    {
        using var response = await http.PostAsJsonAsync(new Uri($"/channels/{channel}", UriKind.Relative), new { content = prompt });
        response.EnsureSuccessStatusCode();
    }

    public override Request Follow(string channel, string cursor) => server.Get($"{following}/{channel}", cursor);

    protected override void Dispose(bool disposing)
    {
        http.Dispose();
        base.Dispose(disposing);
    }
}
