using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansChat.Events;

/// <summary>How events become JSON and back.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = false,
    Converters = [typeof(Rfc3339Converter)])]
[JsonSerializable(typeof(ConversationEvent))]
public sealed partial class EventJson : JsonSerializerContext
{
    /// <summary>How events are written.</summary>
    internal static readonly JsonWriterOptions WriterOptions = new() { Encoder = ReadableEncoder.Instance };

    /// <summary>Reads one event from its JSON.</summary>
    /// <exception cref="JsonException">It is not an event's JSON.</exception>
    public static ConversationEvent Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.ConversationEvent) ?? throw new JsonException("An event is an object, not null.");
}
