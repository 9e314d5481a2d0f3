using System.Text.Json.Serialization;

namespace OrleansChat.Conversations;

/// <summary>Who says a message.</summary>
[GenerateSerializer, Alias("OrleansChat.MessageRole")]
[JsonConverter(typeof(JsonStringEnumConverter<MessageRole>))]
public enum MessageRole
{
    /// <summary>The person.</summary>
    [JsonStringEnumMemberName("user")]
    User,

    /// <summary>The model.</summary>
    [JsonStringEnumMemberName("assistant")]
    Assistant,

    /// <summary>Whoever set the conversation up.</summary>
    [JsonStringEnumMemberName("system")]
    System,

    /// <summary>A tool that the model called.</summary>
    [JsonStringEnumMemberName("tool")]
    Tool,
}
