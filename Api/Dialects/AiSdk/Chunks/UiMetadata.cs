using System.Globalization;
using System.Text.Json;
using OrleansChat.Events;
using OrleansChat.Limiting;

namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>The metadata of a message, in which the AI SDK brings along what it has no chunk for. Clients send it back.</summary>
internal static class UiMetadata
{
    /// <summary>The property that names the newest reply of a message, which has several when tools have answered.</summary>
    public const string Reply = "replyId";

    /// <summary>Writes what is known when a reply starts.</summary>
    public static void WriteStart(Utf8JsonWriter json, string reply, string? model, DateTimeOffset at)
    {
        json.WriteString(Reply, reply);
        if (model is not null)
        {
            json.WriteString("model"u8, model);
        }

        // As the journal has it.
        json.WriteString("createdAt"u8, at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }

    /// <summary>Writes what is known when it has ended.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="finishReason">Why the model stopped, in its word; null where it did not.</param>
    /// <param name="answeredBy">The model that answered, where it is another than the one that was to; else null.</param>
    /// <param name="usage">What it cost; null where nobody knows.</param>
    public static void WriteEnd(Utf8JsonWriter json, string? finishReason, string? answeredBy, TokenUsage? usage)
    {
        if (finishReason is not null)
        {
            json.WriteString("finishReason"u8, finishReason == FinishReason.Budget ? "length" : finishReason.Replace('_', '-'));
        }

        if (answeredBy is not null)
        {
            json.WriteString("answeredBy"u8, answeredBy);
        }

        if (usage is not null)
        {
            json.WriteStartObject("usage"u8);
            json.WriteNumber("inputTokens"u8, usage.InputTokens);
            json.WriteNumber("outputTokens"u8, usage.OutputTokens);
            json.WriteNumber("totalTokens"u8, usage.InputTokens + usage.OutputTokens);
            WriteIfKnown(json, "reasoningTokens", usage.ReasoningTokens);
            WriteIfKnown(json, "cachedInputTokens", usage.CachedInputTokens);
            json.WriteEndObject();
        }
    }

    private static void WriteIfKnown(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
    }
}
