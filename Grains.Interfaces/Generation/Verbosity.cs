using System.Text.Json.Serialization;

namespace OrleansChat.Generation;

/// <summary>How much a model is to say. Whether it knows such a thing is its own affair.</summary>
[GenerateSerializer, Alias("OrleansChat.Verbosity")]
[JsonConverter(typeof(JsonStringEnumConverter<Verbosity>))]
public enum Verbosity
{
    /// <summary>Little.</summary>
    [JsonStringEnumMemberName("low")]
    Low,

    /// <summary>Neither little nor much.</summary>
    [JsonStringEnumMemberName("medium")]
    Medium,

    /// <summary>Much.</summary>
    [JsonStringEnumMemberName("high")]
    High,
}
