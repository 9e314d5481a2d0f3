using System.Text.Json;

namespace OrleansChat.Benchmarks.ModelServer;

/// <summary>What the model server understands of a chat-completions request.</summary>
internal sealed record ChatRequest(string Model, bool Stream, bool IncludeUsage, ReplyPace Pace)
{
    public static ChatRequest Read(JsonElement body, ReplyPace defaults) => new(
        body.GetProperty("model").GetString() ?? "bench",
        body.TryGetProperty("stream", out var stream) && stream.GetBoolean(),
        body.TryGetProperty("stream_options", out var options)
            && options.TryGetProperty("include_usage", out var usage) && usage.GetBoolean(),
        ReplyPace.FromPrompt(LastPrompt(body.GetProperty("messages")), defaults));

    /// <summary>Content is a string or an array of parts; the raw JSON of either contains the prompt's words.</summary>
    private static string LastPrompt(JsonElement messages) =>
        messages.EnumerateArray().LastOrDefault() is { ValueKind: JsonValueKind.Object } last && last.TryGetProperty("content", out var content)
            ? content.GetRawText()
            : "";
}
