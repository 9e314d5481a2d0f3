using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Dialects.Responses.Requests;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Conversations;

/// <summary>The body of <c>POST /v1/conversations</c>, which may be missing.</summary>
internal sealed record NewConversationBody : IRequestBody<NewConversationBody>
{
    public static string Shape => $"{{\"items\"?: [up to {CreateItemsBody.Most} items], \"metadata\"?: {{key: text}}}}";

    public static JsonTypeInfo<NewConversationBody> TypeInfo => ResponsesJson.Default.NewConversationBody;

    /// <summary>What it begins with.</summary>
    public JsonElement? Items { get; init; }

    /// <summary>The caller's notes.</summary>
    public ImmutableSortedDictionary<string, string>? Metadata { get; init; }

    /// <summary>What it begins with; once it is checked.</summary>
    [JsonIgnore]
    public ImmutableArray<InputItem> Input { get; private set; } = [];

    public void Validate()
    {
        Rules.Metadata(Metadata);
        Input = Items is null or { ValueKind: JsonValueKind.Null } ? [] : CreateItemsBody.Read(Items.Value);
    }
}
