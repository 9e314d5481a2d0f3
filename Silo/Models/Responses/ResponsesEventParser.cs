using System.Text.Json;
using OrleansChat.Models.OpenAI;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.Responses;

/// <summary>
/// Reads the events of a Responses stream, straight from their bytes: it runs once a token, and allocates the text only. Whatever it does
/// not know, it skips.
/// </summary>
internal static class ResponsesEventParser
{
    /// <summary>Reads one event.</summary>
    /// <param name="eventType">The event's type, which its data repeats; only <c>error</c> counts, as its data may be anything.</param>
    /// <param name="data">The event's data.</param>
    /// <exception cref="JsonException">The data is not one JSON object.</exception>
    public static ResponsesEvent Parse(string eventType, ReadOnlySpan<byte> data)
    {
        if (eventType == "error")
        {
            return new ResponsesEvent { Kind = ResponsesEventKind.Failed, Error = UpstreamError.Read(data) };
        }

        if (data.SequenceEqual("[DONE]"u8))
        {
            // No part of this protocol, and yet sent by some servers; the reply's end came before it.
            return default;
        }

        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var result = default(ResponsesEvent);
        while (reader.NextProperty())
        {
            ReadProperty(ref reader, ref result);
        }

        // Throws for anything after the object.
        reader.Read();
        return result;
    }

    private static void ReadProperty(ref Utf8JsonReader reader, ref ResponsesEvent result)
    {
        if (reader.ValueTextEquals("type"u8))
        {
            reader.Read();
            result.Kind = ReadKind(ref reader);
        }
        else if (reader.ValueTextEquals("sequence_number"u8))
        {
            reader.Read();
            result.Number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : null;
            reader.Skip();
        }
        else if (reader.ValueTextEquals("output_index"u8))
        {
            reader.Read();
            result.Item = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var item) ? item : 0;
            reader.Skip();
        }
        else if (reader.ValueTextEquals("delta"u8))
        {
            result.Delta = reader.NextText();
        }
        else if (reader.ValueTextEquals("item"u8))
        {
            ReadItem(ref reader, ref result);
        }
        else if (reader.ValueTextEquals("response"u8))
        {
            ReadResponse(ref reader, ref result);
        }
        else if (reader.ValueTextEquals("code"u8))
        {
            // Of an error that does not say so in its event's type.
            result.Error = new UpstreamError(UpstreamError.Token(reader.NextText() ?? ""), Type: null);
        }
        else if (reader.ValueTextEquals("error"u8))
        {
            ReadError(ref reader, ref result);
        }
        else
        {
            reader.Skip();
        }
    }

    private static void ReadItem(ref Utf8JsonReader reader, ref ResponsesEvent result)
    {
        if (!reader.EnterObject())
        {
            return;
        }

        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                result.IsCall = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("function_call"u8);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("call_id"u8))
            {
                result.CallId = reader.NextText();
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                result.Name = reader.NextText();
            }
            else if (reader.ValueTextEquals("arguments"u8))
            {
                result.Arguments = reader.NextText();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadResponse(ref Utf8JsonReader reader, ref ResponsesEvent result)
    {
        if (!reader.EnterObject())
        {
            return;
        }

        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("id"u8))
            {
                result.ResponseId = reader.NextText();
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                reader.Read();
                result.Usage = ResponsesUsage.Read(ref reader);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                ReadError(ref reader, ref result);
            }
            else if (reader.ValueTextEquals("incomplete_details"u8))
            {
                ReadIncomplete(ref reader, ref result);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadIncomplete(ref Utf8JsonReader reader, ref ResponsesEvent result)
    {
        if (!reader.EnterObject())
        {
            return;
        }

        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("reason"u8))
            {
                result.IncompleteReason = reader.NextText();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadError(ref Utf8JsonReader reader, ref ResponsesEvent result)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.Null)
        {
            result.Error = UpstreamError.Read(ref reader);
        }
    }

    private static ResponsesEventKind ReadKind(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return ResponsesEventKind.Other;
        }

        return reader.ValueTextEquals("response.output_text.delta"u8) ? ResponsesEventKind.Text
            : reader.ValueTextEquals("response.function_call_arguments.delta"u8) ? ResponsesEventKind.Arguments
            : reader.ValueTextEquals("response.reasoning_summary_text.delta"u8) ? ResponsesEventKind.Reasoning
            : reader.ValueTextEquals("response.reasoning_text.delta"u8) ? ResponsesEventKind.Reasoning
            : reader.ValueTextEquals("response.refusal.delta"u8) ? ResponsesEventKind.Refusal
            : reader.ValueTextEquals("response.output_item.added"u8) ? ResponsesEventKind.ItemAdded
            : reader.ValueTextEquals("response.output_item.done"u8) ? ResponsesEventKind.ItemDone
            : reader.ValueTextEquals("response.completed"u8) ? ResponsesEventKind.Completed
            : reader.ValueTextEquals("response.incomplete"u8) ? ResponsesEventKind.Incomplete
            : reader.ValueTextEquals("response.failed"u8) || reader.ValueTextEquals("error"u8) ? ResponsesEventKind.Failed
            : reader.ValueTextEquals("response.cancelled"u8) ? ResponsesEventKind.Cancelled
            : ResponsesEventKind.Other;
    }
}
