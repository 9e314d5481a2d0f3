using System.Text.Json;
using Microsoft.Extensions.AI;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.Responses;

/// <summary>Reads <c>usage</c> of a response.</summary>
internal static class ResponsesUsage
{
    /// <summary>The usage, or null where the value is no object.</summary>
    public static UsageDetails? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        // Once a reply: here a document is cheap, and short to read.
        var usage = JsonElement.ParseValue(ref reader);
        return new UsageDetails
        {
            InputTokenCount = Count(usage, "input_tokens"),
            OutputTokenCount = Count(usage, "output_tokens"),
            TotalTokenCount = Count(usage, "total_tokens"),
            CachedInputTokenCount = Detail(usage, "input_tokens_details", "cached_tokens"),
            ReasoningTokenCount = Detail(usage, "output_tokens_details", "reasoning_tokens"),
        };
    }

    private static long? Detail(JsonElement usage, string details, string name) =>
        usage.TryGetProperty(details, out var inner) && inner.ValueKind == JsonValueKind.Object ? Count(inner, name) : null;

    private static long? Count(JsonElement counts, string name) =>
        counts.TryGetProperty(name, out var count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out var number) && number is >= 0 and <= JsonWalk.MostCounted
            ? number
            : null;
}
