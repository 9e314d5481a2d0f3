using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansChat.Events;

namespace OrleansChat.Generation;

/// <summary>Reads and writes <see cref="RawJson"/> as the JSON that it is, without white space: a line of a journal has no line breaks.</summary>
public sealed class RawJsonConverter : JsonConverter<RawJson>
{
    /// <inheritdoc />
    public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, EventJson.WriterOptions))
        {
            try
            {
                document.RootElement.WriteTo(writer);
            }
            catch (InvalidOperationException e)
            {
                // An escape of half a surrogate pair, which is no text.
                throw new JsonException(e.Message, e);
            }
        }

        return new RawJson(Encoding.UTF8.GetString(output.WrittenSpan));
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteRawValue(value.Text, skipInputValidation: true);
    }
}
