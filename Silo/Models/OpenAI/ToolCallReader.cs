using System.Text.Json;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.OpenAI;

/// <summary>Reads a delta's <c>tool_calls</c>.</summary>
internal static class ToolCallReader
{
    /// <summary>The pieces; null where the value is no array, or an empty one.</summary>
    public static List<ToolCallPiece>? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        List<ToolCallPiece>? pieces = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                (pieces ??= []).Add(ReadPiece(ref reader, pieces.Count));
            }
            else
            {
                reader.Skip();
            }
        }

        return pieces;
    }

    private static ToolCallPiece ReadPiece(ref Utf8JsonReader reader, int place)
    {
        // Some servers leave the index out, and send a whole call at once.
        var index = place;
        string? id = null;
        (string? Name, string Arguments) function = (null, "");
        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("index"u8))
            {
                reader.Read();
                index = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) && number >= 0 ? number : place;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                id = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("function"u8))
            {
                function = ReadFunction(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new ToolCallPiece(index, id, function.Name, function.Arguments);
    }

    private static (string? Name, string Arguments) ReadFunction(ref Utf8JsonReader reader)
    {
        (string? Name, string Arguments) function = (null, "");
        if (!reader.EnterObject())
        {
            return function;
        }

        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("name"u8))
            {
                function.Name = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("arguments"u8))
            {
                function.Arguments = ReadText(ref reader) ?? "";
            }
            else
            {
                reader.Skip();
            }
        }

        return function;
    }

    // Empty stands for nothing: some servers repeat an empty id and name in every piece.
    private static string? ReadText(ref Utf8JsonReader reader) => reader.NextText() is { Length: > 0 } text ? text : null;
}
