using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace OrleansChat.Testing.Models;

/// <summary>A request that a <see cref="ModelServer"/> got.</summary>
public sealed class ModelRequest
{
    private readonly TaskCompletionSource aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ModelRequest(HttpRequest request, string body)
    {
        Method = request.Method;
        Path = request.Path;
        Headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        Body = body;
        Connection = request.HttpContext.Connection.Id;
    }

    /// <summary>The HTTP method.</summary>
    public string Method { get; }

    /// <summary>The path, such as <c>/v1/chat/completions</c>.</summary>
    public string Path { get; }

    /// <summary>The headers, by name in any case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The connection that it came by; equal for requests that shared one.</summary>
    public string Connection { get; }

    /// <summary>The body as it came.</summary>
    public string Body { get; }

    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>Completes when the client leaves before the script has ended. The server's own reset or disposal does not count.</summary>
    public Task Aborted => aborted.Task;

    /// <summary>Completes when the script has ended by itself.</summary>
    public Task Completed => completed.Task;

    /// <summary>Tells that the client left.</summary>
    internal void ClientLeft() => aborted.TrySetResult();

    /// <summary>Tells that the script has ended.</summary>
    internal void ScriptEnded() => completed.TrySetResult();
}
