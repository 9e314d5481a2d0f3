using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Errors;

namespace OrleansChat.Transfer;

/// <summary>Writes and reads a record as JSON on one line.</summary>
internal static class RecordJson
{
    public static void Write<T>(T record, JsonTypeInfo<T> type, JavaScriptEncoder encoder, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = encoder });
        JsonSerializer.Serialize(writer, record, type);
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="InvalidImportException">It is not such a record.</exception>
    public static T Read<T>(string json, JsonTypeInfo<T> type, int line, string shape)
        where T : class
    {
        try
        {
            // Of bytes of its own: what is rented for text stays rented, as large as the largest that ever came.
            return JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(json), type) ?? throw new InvalidImportException(line, $"It is null. {shape}");
        }
        catch (JsonException e)
        {
            var place = e.Path is null or "$" ? "It" : $"Its '{Repeated.Of(e.Path.TrimStart('$', '.'))}'";
            throw new InvalidImportException(line, $"{place} is not valid here. {shape}");
        }
    }

    /// <summary>The type that a record says it is of; null where it does not, or is no JSON object.</summary>
    public static string? TypeOf(string json)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isType = reader.ValueTextEquals("type"u8);
                reader.Read();
                if (isType)
                {
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }

                reader.Skip();
            }

            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or a type of half a surrogate pair.
            return null;
        }
    }
}
