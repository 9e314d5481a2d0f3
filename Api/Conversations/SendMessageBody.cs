using System.Text.Json.Serialization.Metadata;
using OrleansChat.Requests;

namespace OrleansChat.Conversations;

/// <summary>The body of <c>POST /conversations/{id}/messages</c>.</summary>
internal sealed record SendMessageBody : IRequestBody<SendMessageBody>
{
    public static string Shape => $"{{\"content\": text of 1 to {Limits.Content}, \"model\"?: text}}";

    public static JsonTypeInfo<SendMessageBody> TypeInfo => ApiJson.Default.SendMessageBody;

    /// <summary>What the user says.</summary>
    public string? Content { get; init; }

    /// <summary>The model to reply this time.</summary>
    public string? Model { get; init; }

    public void Validate()
    {
        Rules.Required("content", Content, Limits.Content);
        Rules.Optional("model", Model, Limits.Model);
    }

    /// <summary>The request to the grain.</summary>
    public SendMessage ToRequest() => new(Content!, Model);
}
