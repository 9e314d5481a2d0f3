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
    string? AnsweredBy,
    string? FinishReason,
    TokenUsage? Usage,
    ReplyError? Error,
    MessageSiblings? Siblings)
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
        message.AnsweredBy,
        message.FinishReason,
        message.Usage,
        message.Error,
        message.Siblings);
}
