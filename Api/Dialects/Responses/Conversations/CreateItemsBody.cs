using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Dialects.Responses.Requests;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Conversations;

/// <summary>The body of <c>POST /v1/conversations/{id}/items</c>.</summary>
internal sealed record CreateItemsBody : IRequestBody<CreateItemsBody>
{
    /// <summary>How many items may be added at once.</summary>
    public const int Most = 20;

    public static string Shape => $"{{\"items\": [1 to {Most} items]}}";

    public static JsonTypeInfo<CreateItemsBody> TypeInfo => ResponsesJson.Default.CreateItemsBody;

    /// <summary>The items.</summary>
    public JsonElement? Items { get; init; }

    /// <summary>The items; once they are checked.</summary>
    [JsonIgnore]
    public ImmutableArray<InputItem> Input { get; private set; } = [];

    public void Validate()
    {
        Input = Items is { } items ? Read(items) : [];
        if (Input.IsEmpty)
        {
            throw RequestReading.Invalid($"'items' is missing or empty; it takes 1 to {Most} items.");
        }
    }

    /// <summary>Reads items.</summary>
    public static ImmutableArray<InputItem> Read(JsonElement items) => items.ValueKind == JsonValueKind.Array
        ? InputReading.Read("items", items, Most)
        : throw RequestReading.Invalid("'items' is a list of items.");
}
