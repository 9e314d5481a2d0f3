using System.Text.Json;
using OrleansChat.Models.OpenAI;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.Anthropic;

/// <summary>
/// Reads the events of a Messages stream, straight from their bytes: it runs once a token, and allocates the text only. Whatever it does
/// not know, it skips, as new kinds of events and blocks may come at any time.
/// </summary>
internal static class AnthropicEventParser
{
    /// <summary>Reads one event.</summary>
    /// <param name="eventType">The event's type, which its data repeats; only <c>error</c> counts, as its data may be anything.</param>
    /// <param name="data">The event's data.</param>
    /// <exception cref="JsonException">The data is not one JSON object.</exception>
    public static AnthropicEvent Parse(string eventType, ReadOnlySpan<byte> data)
    {
        if (eventType == "error")
        {
            return new AnthropicEvent { Kind = AnthropicEventKind.Error, Error = UpstreamError.Read(data) };
        }

        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var result = default(AnthropicEvent);
        while (reader.NextProperty())
        {
            ReadProperty(ref reader, ref result);
        }

        // Throws for anything after the object.
        reader.Read();
        return result;
    }

    private static void ReadProperty(ref Utf8JsonReader reader, ref AnthropicEvent result)
    {
        if (reader.ValueTextEquals("type"u8))
        {
            reader.Read();
            result.Kind = ReadKind(ref reader);
        }
        else if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("content_block"u8))
        {
            ReadContent(ref reader, ref result);
        }
        else if (reader.ValueTextEquals("message"u8))
        {
            ReadMessage(ref reader, ref result);
        }
        else if (reader.ValueTextEquals("usage"u8))
        {
            result.Usage = ReadUsage(ref reader);
        }
        else if (reader.ValueTextEquals("error"u8))
        {
            reader.Read();
            result.Error = UpstreamError.Read(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    // What starts a block, and what adds to it or to the message; no name means two things.
    private static void ReadContent(ref Utf8JsonReader reader, ref AnthropicEvent result)
    {
        if (!reader.EnterObject())
        {
            return;
        }

        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("thinking"u8) || reader.ValueTextEquals("partial_json"u8))
            {
                result.Text = reader.NextText() ?? result.Text;
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                result.Block = ReadBlock(ref reader);
            }
            else if (reader.ValueTextEquals("signature"u8) || reader.ValueTextEquals("data"u8))
            {
                result.Signature = reader.NextText();
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                result.CallId = reader.NextText();
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                result.ToolName = reader.NextText();
            }
            else if (reader.ValueTextEquals("stop_reason"u8))
            {
                result.StopReason = reader.NextText();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadMessage(ref Utf8JsonReader reader, ref AnthropicEvent result)
    {
        if (!reader.EnterObject())
        {
            return;
        }

        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("usage"u8))
            {
                result.Usage = ReadUsage(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static AnthropicUsage ReadUsage(ref Utf8JsonReader reader)
    {
        var usage = default(AnthropicUsage);
        if (!reader.EnterObject())
        {
            return usage;
        }

        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("input_tokens"u8))
            {
                usage = usage with { Input = reader.NextCount() };
            }
            else if (reader.ValueTextEquals("output_tokens"u8))
            {
                usage = usage with { Output = reader.NextCount() };
            }
            else if (reader.ValueTextEquals("cache_read_input_tokens"u8))
            {
                usage = usage with { CacheRead = reader.NextCount() };
            }
            else if (reader.ValueTextEquals("cache_creation_input_tokens"u8))
            {
                usage = usage with { CacheWritten = reader.NextCount() };
            }
            else
            {
                reader.Skip();
            }
        }

        return usage;
    }

    private static AnthropicEventKind ReadKind(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return AnthropicEventKind.Other;
        }

        return reader.ValueTextEquals("content_block_delta"u8) ? AnthropicEventKind.BlockDelta
            : reader.ValueTextEquals("content_block_start"u8) ? AnthropicEventKind.BlockStart
            : reader.ValueTextEquals("content_block_stop"u8) ? AnthropicEventKind.BlockStop
            : reader.ValueTextEquals("message_start"u8) ? AnthropicEventKind.MessageStart
            : reader.ValueTextEquals("message_delta"u8) ? AnthropicEventKind.MessageDelta
            : reader.ValueTextEquals("message_stop"u8) ? AnthropicEventKind.MessageStop
            : reader.ValueTextEquals("error"u8) ? AnthropicEventKind.Error
            : AnthropicEventKind.Other;
    }

    private static AnthropicBlock? ReadBlock(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        return reader.ValueTextEquals("text"u8) ? AnthropicBlock.Text
            : reader.ValueTextEquals("thinking"u8) ? AnthropicBlock.Thinking
            : reader.ValueTextEquals("redacted_thinking"u8) ? AnthropicBlock.RedactedThinking
            : reader.ValueTextEquals("tool_use"u8) ? AnthropicBlock.ToolUse
            : null;
    }
}
