using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Requests;

namespace OrleansChat.Conversations;

/// <summary>The body of <c>POST /conversations</c>.</summary>
internal sealed record CreateConversationBody : IRequestBody<CreateConversationBody>
{
    public static string Shape =>
        $"{{\"title\"?: text up to {Limits.Title}, \"model\"?: text, \"system\"?: text up to {Limits.System}, \"metadata\"?: {{key: text}}, \"transient\"?: true or false}}";

    public static JsonTypeInfo<CreateConversationBody> TypeInfo => ApiJson.Default.CreateConversationBody;

    /// <summary>A title for people.</summary>
    public string? Title { get; init; }

    /// <summary>The model that replies.</summary>
    public string? Model { get; init; }

    /// <summary>The system prompt.</summary>
    public string? System { get; init; }

    /// <summary>The owner's own notes.</summary>
    public ImmutableSortedDictionary<string, string>? Metadata { get; init; }

    /// <summary>Whether it is kept for a short while only, and not listed.</summary>
    public bool Transient { get; init; }

    public void Validate()
    {
        Rules.Optional("title", Title, Limits.Title);
        Rules.Optional("model", Model, Limits.Model);
        Rules.Optional("system", System, Limits.System);
        Rules.Metadata(Metadata);
    }

    /// <summary>The request to the grain.</summary>
    public CreateConversation ToRequest(RequestKey? key) =>
        new(Title, Model, System, Metadata ?? ImmutableSortedDictionary<string, string>.Empty, [])
        {
            Request = key?.Value,
            Fingerprint = key?.Fingerprint,
            Transient = Transient,
        };
}
