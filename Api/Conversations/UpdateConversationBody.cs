using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Requests;

namespace OrleansChat.Conversations;

/// <summary>The body of <c>PATCH /conversations/{id}</c>. A property that is missing changes nothing; null removes a title or system prompt.</summary>
internal sealed record UpdateConversationBody : IRequestBody<UpdateConversationBody>
{
    public static string Shape =>
        $"{{\"title\"?: text up to {Limits.Title} or null, \"model\"?: text, \"system\"?: text up to {Limits.System} or null, \"metadata\"?: {{key: text}}}}";

    public static JsonTypeInfo<UpdateConversationBody> TypeInfo => ApiJson.Default.UpdateConversationBody;

    /// <summary>The new title.</summary>
    public string? Title
    {
        get;
        set
        {
            field = value;
            HasTitle = true;
        }
    }

    /// <summary>The new model.</summary>
    public string? Model { get; set; }

    /// <summary>The new system prompt.</summary>
    public string? System
    {
        get;
        set
        {
            field = value;
            HasSystem = true;
        }
    }

    /// <summary>The new metadata, in place of the old as a whole.</summary>
    public ImmutableSortedDictionary<string, string>? Metadata { get; set; }

    /// <summary>Whether the body has a title, be it null.</summary>
    [JsonIgnore]
    public bool HasTitle { get; private set; }

    /// <summary>Whether the body has a system prompt, be it null.</summary>
    [JsonIgnore]
    public bool HasSystem { get; private set; }

    public void Validate()
    {
        if (!HasTitle && !HasSystem && Model is null && Metadata is null)
        {
            throw RequestReading.Invalid($"The body changes nothing. It takes {Shape}.");
        }

        Rules.Optional("title", Title, Limits.Title);
        Rules.Optional("model", Model, Limits.Model);
        Rules.Optional("system", System, Limits.System);
        Rules.Metadata(Metadata);
    }

    /// <summary>The request to the grain.</summary>
    public UpdateConversation ToRequest() => new()
    {
        SetTitle = HasTitle,
        Title = Title,
        Model = Model,
        SetSystem = HasSystem,
        System = System,
        Metadata = Metadata,
    };
}
