using System.Net.Http.Json;
using System.Text.Json;

namespace OrleansChat.Benchmarks.Load;

/// <summary>OrleansChat's native API: a conversation is created, then a message posted and its reply read from the same response.</summary>
internal sealed class OrleansChatTarget : Target
{
    // Creating is not what is measured; a few connections do, and do not crowd the server.
    private const int CreatingConnections = 16;

    private readonly HttpClient http;

    public OrleansChatTarget(Uri url, string header)
        : base(url, header)
    {
        http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = CreatingConnections }) { BaseAddress = url };
        if (header.Split(':', 2, StringSplitOptions.TrimEntries) is [var name, var value])
        {
            http.DefaultRequestHeaders.Add(name, value);
        }
    }

    public override ReadOnlyMemory<byte> EndMarker { get; } = "event: reply.completed"u8.ToArray();

    public override async ValueTask<byte[]> PrepareAsync(string prompt)
    {
        using var response = await http.PostAsJsonAsync(new Uri("/conversations", UriKind.Relative), new { });
        response.EnsureSuccessStatusCode();
        var conversation = await response.Content.ReadFromJsonAsync<JsonElement>();
        return Post($"/conversations/{conversation.GetProperty("id").GetString()}/messages", $$"""{"content":"{{prompt}}"}""");
    }

    protected override void Dispose(bool disposing)
    {
        http.Dispose();
        base.Dispose(disposing);
    }
}
