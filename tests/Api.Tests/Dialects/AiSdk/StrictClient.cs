using System.Collections.Immutable;
using System.Text.Json;

namespace OrleansChat.Api.Tests.Dialects.AiSdk;

/// <summary>
/// What ai 5.0.0 accepts, the strictest client there is: <c>uiMessageChunkSchema</c>, whose objects have no other properties than these.
/// It ends a chat at the first chunk that is anything else, or that belongs to a part which is not open.
/// </summary>
internal static class StrictClient
{
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Required = Table(
        "start: ", "start-step: ", "finish-step: ", "finish: ", "abort: ", "error: errorText",
        "text-start: id", "text-delta: id delta", "text-end: id", "reasoning-start: id", "reasoning-delta: id delta", "reasoning-end: id",
        "tool-input-start: toolCallId toolName", "tool-input-delta: toolCallId inputTextDelta", "tool-input-available: toolCallId toolName input",
        "tool-output-available: toolCallId output", "tool-output-error: toolCallId errorText", "message-metadata: messageMetadata", "data-status: data");

    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Allowed = Table(
        "start: messageId messageMetadata", "finish: messageMetadata", "text-start: providerMetadata", "text-delta: providerMetadata",
        "text-end: providerMetadata", "reasoning-start: providerMetadata", "reasoning-delta: providerMetadata", "reasoning-end: providerMetadata",
        "tool-input-start: providerExecuted dynamic", "tool-input-available: providerExecuted providerMetadata dynamic",
        "tool-output-available: providerExecuted dynamic", "tool-output-error: providerExecuted dynamic", "data-status: id transient");

    private static readonly ImmutableArray<string> NotText = ["input", "output", "data", "messageMetadata", "providerMetadata", "transient"];

    /// <summary>Reads a message, as the client would, and gives its text.</summary>
    public static string Read(IEnumerable<UiChunk> chunks)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        var calls = new HashSet<string>(StringComparer.Ordinal);
        var text = "";
        foreach (var chunk in chunks)
        {
            var (type, json) = (chunk.Type, chunk.Parse());
            Check(type, json);
            var id = json.TryGetProperty("id", out var part) ? $"{type.Split('-')[0]} {part}" : "";
            var call = json.TryGetProperty("toolCallId", out var named) ? named.GetString()! : "";
            switch (type)
            {
                case "text-start" or "reasoning-start":
                    Assert.True(open.Add(id), chunk.Json);
                    break;
                case "text-delta" or "reasoning-delta":
                    Assert.Contains(id, open);
                    text += type == "text-delta" ? json.GetProperty("delta").GetString() : "";
                    break;
                case "text-end" or "reasoning-end":
                    Assert.True(open.Remove(id), chunk.Json);
                    break;
                case "tool-input-start":
                    Assert.True(calls.Add(call), chunk.Json);
                    break;
                case "tool-input-delta" or "tool-input-available" or "tool-output-available" or "tool-output-error":
                    Assert.Contains(call, calls);
                    break;
                case "finish-step" or "finish":
                    Assert.Empty(open);
                    break;
            }
        }

        return text;
    }

    private static void Check(string type, JsonElement json)
    {
        Assert.True(Required.TryGetValue(type, out var required), type);
        var optional = Allowed.GetValueOrDefault(type, []);
        Assert.All(required, name => Assert.True(json.TryGetProperty(name, out _), $"{type} without {name}"));
        foreach (var property in json.EnumerateObject().Where(property => property.Name != "type"))
        {
            Assert.True(required.Contains(property.Name) || optional.Contains(property.Name), $"{type} with {property.Name}");
            Assert.True(NotText.Contains(property.Name) || property.Value.ValueKind == JsonValueKind.String, $"{type} with {property}");
        }
    }

    private static ImmutableDictionary<string, ImmutableArray<string>> Table(params string[] rows) => rows
        .Select(row => row.Split(": "))
        .ToImmutableDictionary(row => row[0], row => row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).ToImmutableArray(), StringComparer.Ordinal);
}
