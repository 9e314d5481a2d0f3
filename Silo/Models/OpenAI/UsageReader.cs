using System.Text.Json;
using Microsoft.Extensions.AI;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.OpenAI;

/// <summary>Reads <c>usage</c>.</summary>
internal static class UsageReader
{
    /// <summary>The usage, or null where the value is no object.</summary>
    public static UsageDetails? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        var usage = new UsageDetails();
        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("prompt_tokens"u8))
            {
                usage.InputTokenCount = reader.NextCount();
            }
            else if (reader.ValueTextEquals("completion_tokens"u8))
            {
                usage.OutputTokenCount = reader.NextCount();
            }
            else if (reader.ValueTextEquals("total_tokens"u8))
            {
                usage.TotalTokenCount = reader.NextCount();
            }
            else if (reader.ValueTextEquals("prompt_tokens_details"u8))
            {
                usage.CachedInputTokenCount = ReadDetail(ref reader, "cached_tokens"u8);
            }
            else if (reader.ValueTextEquals("completion_tokens_details"u8))
            {
                usage.ReasoningTokenCount = ReadDetail(ref reader, "reasoning_tokens"u8);
            }
            else
            {
                reader.Skip();
            }
        }

        return usage;
    }

    private static long? ReadDetail(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        long? count = null;
        if (!reader.EnterObject())
        {
            return count;
        }

        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals(name))
            {
                count = reader.NextCount();
            }
            else
            {
                reader.Skip();
            }
        }

        return count;
    }
}
