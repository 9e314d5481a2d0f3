using System.Text.Json.Serialization;

namespace OrleansChat.Conversations;

/// <summary>How far a message is. Every reply leaves <see cref="InProgress"/> exactly once.</summary>
[GenerateSerializer, Alias("OrleansChat.MessageStatus")]
[JsonConverter(typeof(JsonStringEnumConverter<MessageStatus>))]
public enum MessageStatus
{
    /// <summary>A model is producing it.</summary>
    [JsonStringEnumMemberName("in_progress")]
    InProgress,

    /// <summary>It is whole: a user's message, or a reply that the model itself ended.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>The model failed; the content is what came before.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Somebody cancelled it; the content is what came before.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>The process that produced it went away; the content is what came before.</summary>
    [JsonStringEnumMemberName("interrupted")]
    Interrupted,
}
