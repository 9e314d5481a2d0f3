using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Chunks;

namespace OrleansChat.Dialects.AiSdk.Messages;

/// <summary>A message as the AI SDK's clients keep it.</summary>
internal sealed record UiMessage
{
    /// <summary>Its id: the client's own, or the one that it was given by a stream.</summary>
    public string? Id { get; init; }

    /// <summary>Who says it.</summary>
    public string? Role { get; init; }

    /// <summary>What it consists of.</summary>
    public IReadOnlyList<UiPart>? Parts { get; init; }

    /// <summary>What the stream told of it, if it came by one, and whatever the application keeps there.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Whether a model said it.</summary>
    [JsonIgnore]
    public bool IsAssistant => Role == "assistant";

    /// <summary>The id here of the message in a conversation, or, of a model's, of its newest step; null where it is not from there.</summary>
    public string? KnownAs(ConversationId conversation)
    {
        var newest = Metadata is { ValueKind: JsonValueKind.Object } metadata
            && metadata.TryGetProperty(UiMetadata.Reply, out var reply) && reply.ValueKind == JsonValueKind.String
            ? reply.GetString()
            : null;
        return In(conversation, IsAssistant ? newest : null) ?? In(conversation, Id);
    }

    /// <summary>The id here that a client's id stands for; null where it is none from that conversation.</summary>
    public static string? In(ConversationId conversation, string? id) =>
        ReplyId.TryParse(UiReply.MessagePrefix, id, out var known) && known.Conversation == conversation ? known.Message : null;
}
