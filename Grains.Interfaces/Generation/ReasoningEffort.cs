using System.Text.Json.Serialization;

namespace OrleansChat.Generation;

/// <summary>How much a model is to think before it replies. Which of these a model takes is its own affair.</summary>
[GenerateSerializer, Alias("OrleansChat.ReasoningEffort")]
[JsonConverter(typeof(JsonStringEnumConverter<ReasoningEffort>))]
public enum ReasoningEffort
{
    /// <summary>Not at all.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>As little as can be.</summary>
    [JsonStringEnumMemberName("minimal")]
    Minimal,

    /// <summary>Little.</summary>
    [JsonStringEnumMemberName("low")]
    Low,

    /// <summary>Neither little nor much.</summary>
    [JsonStringEnumMemberName("medium")]
    Medium,

    /// <summary>Much.</summary>
    [JsonStringEnumMemberName("high")]
    High,

    /// <summary>Very much.</summary>
    [JsonStringEnumMemberName("xhigh")]
    ExtraHigh,

    /// <summary>As much as can be.</summary>
    [JsonStringEnumMemberName("max")]
    Most,
}
