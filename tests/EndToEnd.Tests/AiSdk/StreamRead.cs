using System.Net;
using System.Text.Json;

namespace OrleansChat.EndToEnd.Tests.AiSdk;

/// <summary>A stream that was read to its end, or what came instead.</summary>
/// <param name="Status">The response's status.</param>
/// <param name="Headers">The response's headers.</param>
/// <param name="Body">All that was sent.</param>
/// <param name="Frames">The frames with data.</param>
internal sealed record StreamRead(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, string Body, IReadOnlyList<string> Frames)
{
    private const string Data = "data: ";
    private const string Done = "data: [DONE]";

    /// <summary>The chunks.</summary>
    public IReadOnlyList<JsonElement> Chunks => [.. Lines.Where(line => line != Done).Select(line => JsonElement.Parse(line[Data.Length..]))];

    /// <summary>The chunks' types, and <c>[DONE]</c>.</summary>
    public IReadOnlyList<string> Types => [.. Lines.Select(line => line == Done ? "[DONE]" : JsonElement.Parse(line[Data.Length..]).GetProperty("type").GetString()!)];

    /// <summary>The text.</summary>
    public string Text => string.Concat(Chunks.Where(chunk => $"{chunk.GetProperty("type")}" == "text-delta").Select(chunk => chunk.GetProperty("delta").GetString()));

    /// <summary>The message's id.</summary>
    public string MessageId => Chunks[0].GetProperty("messageId").GetString()!;

    /// <summary>The id of the stream.</summary>
    public string Run => Headers["x-workflow-run-id"];

    private IEnumerable<string> Lines => Frames.Select(frame => frame.Split('\n')[^1]);
}
