namespace OrleansChat.Benchmarks.Load;

/// <summary>Where the server is, and what it has to be told.</summary>
/// <param name="urls">Of each of its nodes.</param>
/// <param name="header">One more header of each request; empty for none.</param>
/// <param name="existing">The ids of conversations to use before any is created.</param>
internal sealed class ServerAddress(IReadOnlyList<Uri> urls, string header, IReadOnlyList<string> existing)
{
    private int nextUrl = -1;
    private int nextExisting = -1;

    public static ServerAddress From(Arguments arguments) => new(
        [.. arguments.Require("url").Split(',').Select(url => new Uri(url))],
        arguments.Take("header", ""),
        arguments.Take("existing", "") is { Length: > 0 } file ? File.ReadAllLines(file) : []);

    /// <summary>A request to the next node in turn.</summary>
    public Request Post(string path, string json) => Request.Post(NextUrl(), header, path, json);

    /// <summary>A request to the next node in turn.</summary>
    public Request Get(string path, string cursor) => Request.Get(NextUrl(), header, path, cursor);

    public string? TakeExisting() => Interlocked.Increment(ref nextExisting) is var index && index < existing.Count ? existing[index] : null;

    /// <summary>For what is not measured: it keeps few connections, which do not crowd the server.</summary>
    public HttpClient CreateHttpClient()
    {
        const int Connections = 16;
        var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections }) { BaseAddress = urls[0] };
        if (header.Split(':', 2, StringSplitOptions.TrimEntries) is [var name, var value])
        {
            http.DefaultRequestHeaders.Add(name, value);
        }

        return http;
    }

    private Uri NextUrl() => urls[(int)((uint)Interlocked.Increment(ref nextUrl) % urls.Count)];
}
