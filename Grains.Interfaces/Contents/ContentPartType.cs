using System.Text.Json.Serialization;

namespace OrleansChat.Contents;

/// <summary>What a <see cref="ContentPart"/> is.</summary>
[GenerateSerializer, Alias("OrleansChat.ContentPartType")]
[JsonConverter(typeof(JsonStringEnumConverter<ContentPartType>))]
public enum ContentPartType
{
    /// <summary>Text.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>An image.</summary>
    [JsonStringEnumMemberName("image")]
    Image,
}
