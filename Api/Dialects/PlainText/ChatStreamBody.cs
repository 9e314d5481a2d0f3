using System.Text.Json.Serialization.Metadata;
using OrleansChat.Conversations;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.PlainText;

/// <summary>The body of <c>POST /chat/stream</c>: a whole exchange, of which the last message is to be replied to.</summary>
internal sealed record ChatStreamBody : IRequestBody<ChatStreamBody>
{
    public static string Shape =>
        $"{{\"messages\": [{{\"role\": \"system\" | \"user\" | \"assistant\", \"content\": text}}, …] with 1 to {Limits.Messages}, the last by the user, \"model\"?: text}}";

    public static JsonTypeInfo<ChatStreamBody> TypeInfo => PlainTextJson.Default.ChatStreamBody;

    /// <summary>The exchange so far.</summary>
    public IReadOnlyList<ChatStreamMessage>? Messages { get; init; }

    /// <summary>The model to reply.</summary>
    public string? Model { get; init; }

    public void Validate()
    {
        if (Messages is not { Count: > 0 and <= Limits.Messages })
        {
            throw RequestReading.Invalid($"'messages' has {Messages?.Count ?? 0} messages. The body takes {Shape}.");
        }

        for (var i = 0; i < Messages.Count; i++)
        {
            if (Messages[i] is not { Role: MessageRole.System or MessageRole.User or MessageRole.Assistant } message)
            {
                throw RequestReading.Invalid($"'messages[{i}].role' is \"system\", \"user\" or \"assistant\".");
            }

            Rules.Required($"messages[{i}].content", message.Content, Limits.Content);
        }

        if (Messages[^1].Role != MessageRole.User)
        {
            throw RequestReading.Invalid("The last of 'messages' is the one to reply to; its role is \"user\".");
        }

        Rules.Optional("model", Model, Limits.Model);
    }
}

/// <summary>A message of <see cref="ChatStreamBody"/>.</summary>
internal sealed record ChatStreamMessage(MessageRole Role, string? Content);
