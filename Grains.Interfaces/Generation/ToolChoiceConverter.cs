using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansChat.Generation;

/// <summary>Reads and writes <see cref="ToolChoice"/> as a word, or as an object with the tool's name.</summary>
public sealed class ToolChoiceConverter : JsonConverter<ToolChoice>
{
    /// <inheritdoc />
    public override ToolChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString() switch
            {
                "auto" => new ToolChoice(ToolChoiceMode.Auto),
                "none" => new ToolChoice(ToolChoiceMode.None),
                "required" => new ToolChoice(ToolChoiceMode.Required),
                _ => throw new JsonException(),
            };
        }

        string? name = null;
        if (reader.TokenType == JsonTokenType.StartObject
            && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("name"u8)
            && reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            name = reader.GetString();
        }

        return name is not null && reader.Read() && reader.TokenType == JsonTokenType.EndObject
            ? new ToolChoice(ToolChoiceMode.Named, name)
            : throw new JsonException();
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ToolChoice value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        if (value.Mode == ToolChoiceMode.Named)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, value.Name);
            writer.WriteEndObject();
            return;
        }

        writer.WriteStringValue(value.Mode switch
        {
            ToolChoiceMode.None => "none"u8,
            ToolChoiceMode.Required => "required"u8,
            _ => "auto"u8,
        });
    }
}
