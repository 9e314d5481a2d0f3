using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace OrleansChat.Testing.Sse;

/// <summary>A stream of server-sent events being read, with everything that it said.</summary>
public sealed class SseConnection : IDisposable
{
    // Longer than anything that a test waits for on purpose; a stream that is silent for this long is a failure.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpResponseMessage response;
    private readonly List<SseEvent> events = [];
    private IAsyncEnumerator<SseItem<string>>? items;
    private CancellationTokenSource? reading;

    private SseConnection(HttpResponseMessage response) => this.response = response;

    /// <summary>The response's status.</summary>
    public HttpStatusCode Status => response.StatusCode;

    /// <summary>The response itself.</summary>
    public HttpResponseMessage Response => response;

    /// <summary>Everything read so far.</summary>
    public IReadOnlyList<SseEvent> Events => events;

    /// <summary>Whether the server cut the connection instead of ending the response.</summary>
    public bool WasCut { get; private set; }

    /// <summary>The text of all deltas read so far.</summary>
    public string Text => TextOf(Events);

    /// <summary>The cursor: the last id read.</summary>
    public long Cursor => Events.Count == 0 ? 0 : Events[^1].Id;

    /// <summary>
    /// The kinds of events, in order, but for the message that was sent and the start of its reply. Deltas in a row are one: how many of a
    /// model's pieces come together depends on when each was stored.
    /// </summary>
    public IEnumerable<string> TypesAfterStart
    {
        get
        {
            var types = Events.Skip(2).Select(e => e.Type).ToList();
            return types.Where((type, i) => type != "reply.delta" || i == 0 || types[i - 1] != type);
        }
    }

    /// <summary>Sends a request and reads the headers of its response.</summary>
    public static async Task<SseConnection> OpenAsync(HttpClient http, HttpRequestMessage request)
    {
        using var patience = new CancellationTokenSource(Patience);
        using (request)
        {
            return new SseConnection(await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token));
        }
    }

    /// <summary>Reads the next event; null at the end.</summary>
    public async Task<SseEvent?> NextAsync()
    {
        if (items is null)
        {
            reading = new CancellationTokenSource();
            var stream = await response.Content.ReadAsStreamAsync();
            items = SseParser.Create(stream, (_, data) => Encoding.UTF8.GetString(data)).EnumerateAsync(reading.Token).GetAsyncEnumerator();
        }

        reading!.CancelAfter(Patience);
        try
        {
            if (!await items.MoveNextAsync())
            {
                return null;
            }
        }
        catch (Exception e) when (e is HttpIOException or IOException)
        {
            WasCut = true;
            return null;
        }

        var item = items.Current;
        var read = new SseEvent(long.TryParse(item.EventId, out var id) ? id : 0, item.EventType, item.Data) { IdText = item.EventId ?? "" };
        events.Add(read);
        return read;
    }

    /// <summary>Reads until an event of this type has come, and returns it.</summary>
    public async Task<SseEvent> UntilAsync(string type)
    {
        while (await NextAsync() is { } read)
        {
            if (read.Type == type)
            {
                return read;
            }
        }

        throw new InvalidOperationException($"The stream ended without {type}, after {string.Join(", ", Events.Select(e => e.Type))}.");
    }

    /// <summary>Reads until an event with at least this id has come.</summary>
    public async Task UntilIdAsync(long id)
    {
        while (Cursor < id)
        {
            if (await NextAsync() is null)
            {
                throw new InvalidOperationException($"The stream ended at {Cursor}, before {id}.");
            }
        }
    }

    /// <summary>Reads until the text of all deltas ends with this one.</summary>
    public async Task UntilTextAsync(string end)
    {
        while (!Text.EndsWith(end, StringComparison.Ordinal))
        {
            if (await NextAsync() is null)
            {
                throw new InvalidOperationException($"The stream ended with '{Text}', before '{end}'.");
            }
        }
    }

    /// <summary>Reads to the end.</summary>
    public async Task<SseConnection> ToEndAsync()
    {
        while (await NextAsync() is not null)
        {
        }

        return this;
    }

    /// <summary>The text of all deltas among events.</summary>
    public static string TextOf(IEnumerable<SseEvent> events) =>
        string.Concat(events.Where(e => e.Type == "reply.delta").Select(e => e.Json.GetProperty("text").GetString()));

    /// <inheritdoc />
    public void Dispose()
    {
        response.Dispose();
        reading?.Dispose();
    }
}

/// <summary>One server-sent event.</summary>
/// <param name="Id">Its id; 0 where it had none, or one that is no number.</param>
/// <param name="Type">Its type.</param>
/// <param name="Data">Its data.</param>
public sealed record SseEvent(long Id, string Type, string Data)
{
    /// <summary>Its id as it came.</summary>
    public string IdText { get; init; } = "";

    /// <summary>Its data as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Data);
}
