using System.Net.Http.Json;
using System.Text.Json;

namespace OrleansChat.Benchmarks.Load;

/// <summary>Those calls of OrleansChat's native API that are not measured themselves.</summary>
internal sealed class OrleansChatApi(ServerAddress server) : IDisposable
{
    private readonly HttpClient http = server.CreateHttpClient();

    /// <summary>The id of a conversation that nobody else of this load has got.</summary>
    public async Task<string> NextConversationAsync()
    {
        if (server.TakeExisting() is { } existing)
        {
            return existing;
        }

        using var response = await http.PostAsJsonAsync(new Uri("/conversations", UriKind.Relative), new { });
        response.EnsureSuccessStatusCode();
        var conversation = await response.Content.ReadFromJsonAsync<JsonElement>();
        return conversation.GetProperty("id").GetString()!;
    }

    /// <summary>Sends a message, whose reply others read.</summary>
    public async Task SendAsync(string conversation, string content)
    {
        using var response = await http.PostAsJsonAsync(new Uri($"/conversations/{conversation}/messages", UriKind.Relative), new { content });
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();
}
