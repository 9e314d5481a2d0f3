using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansChat.Dialects.ChatCompletions.Requests;

/// <summary>Reads <see cref="ChatContent"/>: a text or a list.</summary>
internal sealed class ChatContentConverter : JsonConverter<ChatContent>
{
    public override ChatContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new ChatContent(reader.GetString(), []),
        JsonTokenType.StartArray => new ChatContent(null, JsonSerializer.Deserialize(ref reader, ChatCompletionsJson.Default.ImmutableArrayChatPart)),
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, ChatContent value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Requests are read only.");
}
