using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using OrleansChat.Testing.Secrecy;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Testing.Product;

/// <summary>The native API as its users call it: plain HTTP and JSON.</summary>
public sealed class ChatApi : IDisposable
{
    // Every reader is a connection of its own, as browsers' are.
    private readonly HttpClient http;

    /// <summary>Creates a client of a server.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="key">The key that comes with every request; null for none.</param>
    public ChatApi(Uri address, string? key = null)
    {
        http = new HttpClient(new ListeningHandler(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = 10_000,
            UseCookies = false,

            // Who leaves a stream is gone at once. By default what it still says would be read for two seconds first.
            ResponseDrainTimeout = TimeSpan.Zero,

            // Who asks before sending a large body waits for the answer, however busy the machine is.
            Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
        }))
        {
            BaseAddress = address,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (key is not null)
        {
            http.DefaultRequestHeaders.Add("Authorization", $"Bearer {key}");
        }
    }

    /// <summary>The client itself.</summary>
    public HttpClient Http => http;

    /// <summary>Returns when the server says that it is ready.</summary>
    public async Task WaitUntilReadyAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsReadyAsync())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Creates a conversation and returns its id.</summary>
    public async Task<string> CreateAsync(object? body = null) =>
        (await PostAsync("/conversations", body ?? new { }, HttpStatusCode.Created)).GetProperty("id").GetString()!;

    /// <summary>Sends a message, and returns the sequence of the event that stored it.</summary>
    public async Task<long> SendAsync(string conversation, string content) =>
        (await PostAsync($"/conversations/{conversation}/messages", new { content }, HttpStatusCode.Accepted)).GetProperty("sequence").GetInt64();

    /// <summary>Posts JSON and returns the JSON that comes back, which must have the status.</summary>
    public async Task<JsonElement> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await http.PostAsJsonAsync(path, body);
        return await ReadAsync(response, expected);
    }

    /// <summary>Gets JSON, which must come with the status.</summary>
    public async Task<JsonElement> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        return await ReadAsync(response, expected);
    }

    /// <summary>Sends a request without a body and returns the JSON that comes back, which must have the status.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string path, HttpStatusCode expected = HttpStatusCode.OK, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await http.SendAsync(request);
        return await ReadAsync(response, expected);
    }

    /// <summary>Sends a request with headers of its own, and returns the response, whatever it is.</summary>
    public async Task<HttpResponseMessage> RequestAsync(
        HttpMethod method, string path, object? body, params IEnumerable<(string Name, string Value)> headers)
    {
        using var request = NewRequest(method, path, body, headers);
        return await http.SendAsync(request);
    }

    /// <summary>Posts JSON, with headers of its own, and follows what comes of it in the same response.</summary>
    public Task<SseConnection> PostAndFollowAsync(string path, object? body, params IEnumerable<(string Name, string Value)> headers) =>
        SseConnection.OpenAsync(http, NewRequest(HttpMethod.Post, path, body, [.. headers, ("Accept", "text/event-stream")]));

    /// <summary>The messages of a conversation that a query lists.</summary>
    public async Task<IReadOnlyList<JsonElement>> MessagesAsync(string conversation, string query = "limit=100") =>
        [.. (await GetAsync($"/conversations/{conversation}/messages?{query}")).GetProperty("data").EnumerateArray()];

    /// <summary>Follows a conversation.</summary>
    /// <param name="conversation">Which.</param>
    /// <param name="query">For example <c>after=3&amp;until=idle</c>.</param>
    /// <param name="lastEventId">What a browser would send when it reconnects; null for none.</param>
    public Task<SseConnection> FollowAsync(string conversation, string query = "", long? lastEventId = null) =>
        OpenAsync($"/conversations/{conversation}/events?{query}", lastEventId);

    /// <summary>Opens a stream.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="lastEventId">What a browser would send when it reconnects; null for none.</param>
    public Task<SseConnection> OpenAsync(string path, long? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is { } id)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", $"{id}");
        }

        return SseConnection.OpenAsync(http, request);
    }

    /// <summary>Sends a message and follows its reply in the same response.</summary>
    public Task<SseConnection> SendAndFollowAsync(string conversation, string content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/conversations/{conversation}/messages")
        {
            Content = JsonContent.Create(new { content }),
        };
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        return SseConnection.OpenAsync(http, request);
    }

    /// <summary>The last message of a conversation.</summary>
    public async Task<JsonElement> LastMessageAsync(string conversation)
    {
        var messages = (await GetAsync($"/conversations/{conversation}/messages?limit=100")).GetProperty("data");
        return messages[messages.GetArrayLength() - 1];
    }

    /// <inheritdoc />
    public void Dispose() => http.Dispose();

    private static HttpRequestMessage NewRequest(
        HttpMethod method, string path, object? body, IEnumerable<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            return false;
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (response.StatusCode != expected)
        {
            throw new HttpRequestException($"Expected {expected}, got {response.StatusCode}: {text}", null, response.StatusCode);
        }

        return text.Length == 0 ? default : JsonElement.Parse(text);
    }
}
