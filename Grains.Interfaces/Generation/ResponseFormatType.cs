using System.Text.Json.Serialization;

namespace OrleansChat.Generation;

/// <summary>The form that a reply is to have.</summary>
[GenerateSerializer, Alias("OrleansChat.ResponseFormatType")]
[JsonConverter(typeof(JsonStringEnumConverter<ResponseFormatType>))]
public enum ResponseFormatType
{
    /// <summary>Any text.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>A JSON object.</summary>
    [JsonStringEnumMemberName("json_object")]
    JsonObject,

    /// <summary>JSON that a schema describes.</summary>
    [JsonStringEnumMemberName("json_schema")]
    JsonSchema,
}
