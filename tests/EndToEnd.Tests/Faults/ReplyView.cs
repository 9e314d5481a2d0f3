using System.Text.Json;
using OrleansChat.Testing.Faults.Recordings;

namespace OrleansChat.EndToEnd.Tests.Faults;

/// <summary>Reads what a reply has come to, out of its last event or out of the stored message, which use the same names.</summary>
internal static class ReplyView
{
    /// <summary>The reply. What its model has not told of its cost, but was estimated, is none.</summary>
    public static ExpectedReply Of(string text, JsonElement end) => new(
        text,
        Find(end, "finish_reason")?.GetString(),
        Find(end, "finish_reason") is null || Find(end, "usage") is not { } usage || Find(usage, "estimated")?.GetBoolean() == true
            ? null
            : $"{usage.GetProperty("input_tokens").GetInt64()}/{usage.GetProperty("output_tokens").GetInt64()}",
        Find(end, "error")?.GetProperty("code").GetString());

    private static JsonElement? Find(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
