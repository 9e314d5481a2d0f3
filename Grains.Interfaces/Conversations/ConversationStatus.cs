using System.Text.Json.Serialization;

namespace OrleansChat.Conversations;

/// <summary>Whether a model is producing a reply in a conversation.</summary>
[GenerateSerializer, Alias("OrleansChat.ConversationStatus")]
[JsonConverter(typeof(JsonStringEnumConverter<ConversationStatus>))]
public enum ConversationStatus
{
    /// <summary>No reply runs; a message can be sent.</summary>
    [JsonStringEnumMemberName("idle")]
    Idle,

    /// <summary>A reply runs.</summary>
    [JsonStringEnumMemberName("replying")]
    Replying,
}
