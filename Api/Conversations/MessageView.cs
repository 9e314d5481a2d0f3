using System.Text.Json.Serialization;
using OrleansChat.Events;

namespace OrleansChat.Conversations;

/// <summary>A message as the native API shows it.</summary>
internal sealed record MessageView(
    string Id,
    string? Parent,
    MessageRole Role,
    string Content,
    MessageStatus Status,
    long Sequence,
    DateTimeOffset CreatedAt,
    string? Model,
    string? FinishReason,
    TokenUsage? Usage,
    ReplyError? Error,
    MessageSiblings? Siblings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MessageContext? Context = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ReplyCost? Cost = null)
{
    /// <summary>Shows a message.</summary>
    public static MessageView Of(Message message) => new(
        message.Id,
        message.Parent,
        message.Role,
        message.Content,
        message.Status,
        message.Sequence,
        message.CreatedAt,
        message.Model,
        message.FinishReason,
        message.Usage,
        message.Error,
        message.Siblings,
        message.Context,
        message.Cost);
}
