using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.EndToEnd.Tests.AiSdk;

/// <summary>A chat over plain HTTP, request by request, as <c>useChat</c> makes them.</summary>
internal sealed class ChatPage(ChatApi api, string id)
{
    private const string Data = "data: ";

    /// <summary>The chat's id.</summary>
    public string Id => id;

    /// <summary>A user's message.</summary>
    public static object User(string id, string text) => new { id, role = "user", parts = new[] { new { type = "text", text } } };

    /// <summary>Posts a request to the chat, and reads the stream to its end.</summary>
    public async Task<StreamRead> PostAsync(object body, params IEnumerable<(string Name, string Value)> headers) => await await OpenAsync(body, headers);

    /// <summary>Posts a request to the chat; when the answer begins, gives what is going to be read of it.</summary>
    public Task<Task<StreamRead>> OpenAsync(object body, params IEnumerable<(string Name, string Value)> headers) =>
        BeginAsync(new HttpRequestMessage(HttpMethod.Post, "/api/chat") { Content = JsonContent.Create(With(body, id)) }, headers);

    /// <summary>Resumes the stream of the chat, or of a run, and reads it to its end.</summary>
    public async Task<StreamRead> ResumeAsync(string query = "", string? run = null, params IEnumerable<(string Name, string Value)> headers) =>
        await await OpenStreamAsync(query, run, headers);

    /// <summary>Resumes the stream of the chat, or of a run; when the answer begins, gives what is going to be read of it.</summary>
    public Task<Task<StreamRead>> OpenStreamAsync(string query = "", string? run = null, params IEnumerable<(string Name, string Value)> headers) =>
        BeginAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/chat/{run ?? id}/stream{query}"), headers);

    /// <summary>The messages: each one's role and text.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync() =>
        [.. (await api.GetAsync($"/api/chat/{id}")).GetProperty("messages").EnumerateArray().Select(message => $"{message.GetProperty("role")}: {TextOf(message)}")];

    /// <summary>Starts a reply and leaves when it has begun, as a browser does whose page is closed.</summary>
    public async Task<string> LeaveAsync(object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/chat") { Content = JsonContent.Create(With(body, id)) };
        using var response = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.Headers.GetValues("x-workflow-run-id").Single();
    }

    /// <summary>Waits until so many messages wait in the conversation.</summary>
    public async Task QueuedAsync(int count)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        using var response = await api.RequestAsync(HttpMethod.Get, "/conversations?limit=100", null);
        var list = JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("data").EnumerateArray();
        var conversation = list.Single(each => each.GetProperty("metadata").TryGetProperty("chat_id", out var chat) && chat.GetString() == id).GetProperty("id").GetString();
        while ((await api.GetAsync($"/conversations/{conversation}/queue")).GetProperty("data").GetArrayLength() < count)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private static Dictionary<string, object?> With(object body, string id)
    {
        var all = body.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(body), StringComparer.Ordinal);
        all["id"] = id;
        return all;
    }

    private static string TextOf(JsonElement message) => string.Concat(
        message.GetProperty("parts").EnumerateArray().Where(part => $"{part.GetProperty("type")}" == "text").Select(part => part.GetProperty("text").GetString()));

    private async Task<Task<StreamRead>> BeginAsync(HttpRequestMessage request, IEnumerable<(string Name, string Value)> headers)
    {
        HttpResponseMessage answer;
        using (request)
        {
            foreach (var (name, value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            answer = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        }

        return ReadAsync(answer);
    }

    private static async Task<StreamRead> ReadAsync(HttpResponseMessage answer)
    {
        using var response = answer;
        var body = await ReadTextAsync(response);
        var frames = response.StatusCode == HttpStatusCode.OK
            ? body[..Math.Max(0, body.LastIndexOf("\n\n", StringComparison.Ordinal))].Split("\n\n").Where(frame => frame.Split('\n')[^1].StartsWith(Data, StringComparison.Ordinal)).ToArray()
            : [];
        return new StreamRead(response.StatusCode, response.Headers.ToDictionary(header => header.Key, header => header.Value.First(), StringComparer.OrdinalIgnoreCase), body, frames);
    }

    // A connection may be cut, as by the death of the server; what came before that counts.
    private static async Task<string> ReadTextAsync(HttpResponseMessage response)
    {
        using var read = new MemoryStream();
        try
        {
            await response.Content.CopyToAsync(read);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // Cut.
        }

        return Encoding.UTF8.GetString(read.GetBuffer().AsSpan(0, (int)read.Length));
    }
}
