using System.Text.Json;

namespace OrleansChat.Models.OpenAI;

/// <summary>Reads a choice's <c>delta</c>.</summary>
internal static class DeltaReader
{
    /// <summary>What it adds; nothing where the value is no object.</summary>
    public static Delta Read(ref Utf8JsonReader reader)
    {
        var delta = default(Delta);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return delta;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("content"u8))
            {
                delta = delta with { Text = ReadText(ref reader) ?? delta.Text };
            }
            else if (reader.ValueTextEquals("reasoning_content"u8) || reader.ValueTextEquals("reasoning"u8))
            {
                // DeepSeek's and llama.cpp's word, and Ollama's and OpenRouter's; some servers send both, with the same text.
                delta = delta with { Reasoning = ReadText(ref reader) ?? delta.Reasoning };
            }
            else if (reader.ValueTextEquals("refusal"u8))
            {
                delta = delta with { Refusal = ReadText(ref reader) ?? delta.Refusal };
            }
            else if (reader.ValueTextEquals("tool_calls"u8))
            {
                reader.Read();
                delta = delta with { ToolCalls = ToolCallReader.Read(ref reader) };
            }
            else
            {
                reader.Skip();
            }
        }

        return delta;
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return JsonText.Read(ref reader);
        }

        reader.Skip();
        return null;
    }
}
