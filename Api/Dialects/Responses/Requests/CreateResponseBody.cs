using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Generation;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Requests;

/// <summary>The body of <c>POST /v1/responses</c>.</summary>
internal sealed record CreateResponseBody : IRequestBody<CreateResponseBody>
{
    public static string Shape =>
        "{\"input\": text | [items], \"model\"?, \"instructions\"?, \"previous_response_id\"? | \"conversation\"?, \"stream\"?, \"background\"?, \"store\"?, \"tools\"?, …}";

    public static JsonTypeInfo<CreateResponseBody> TypeInfo => ResponsesJson.Default.CreateResponseBody;

    /// <summary>What is said: a text, or items.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>The model to reply.</summary>
    public string? Model { get; init; }

    /// <inheritdoc cref="GenerationOptions.Instructions"/>
    public string? Instructions { get; init; }

    /// <summary>The response that it follows.</summary>
    public string? PreviousResponseId { get; init; }

    /// <summary>The conversation that it goes on with: its id, or an object with that.</summary>
    public JsonElement? Conversation { get; init; }

    /// <summary>Whether the response comes in frames.</summary>
    public bool? Stream { get; init; }

    /// <summary>Whether nobody waits for it.</summary>
    public bool? Background { get; init; }

    /// <summary>Whether a conversation that is made for it is kept; yes if it is missing.</summary>
    public bool? Store { get; init; }

    /// <summary>The caller's notes.</summary>
    public ImmutableSortedDictionary<string, string>? Metadata { get; init; }

    /// <inheritdoc cref="GenerationOptions.Temperature"/>
    public double? Temperature { get; init; }

    /// <inheritdoc cref="GenerationOptions.TopP"/>
    public double? TopP { get; init; }

    /// <inheritdoc cref="GenerationOptions.MaxOutputTokens"/>
    public int? MaxOutputTokens { get; init; }

    /// <inheritdoc cref="GenerationOptions.FrequencyPenalty"/>
    public double? FrequencyPenalty { get; init; }

    /// <inheritdoc cref="GenerationOptions.PresencePenalty"/>
    public double? PresencePenalty { get; init; }

    /// <summary>The functions that the model may call.</summary>
    public ImmutableArray<FunctionBody>? Tools { get; init; }

    /// <summary>A word, the one function to call, or those that it may.</summary>
    public JsonElement? ToolChoice { get; init; }

    /// <inheritdoc cref="GenerationOptions.ParallelToolCalls"/>
    public bool? ParallelToolCalls { get; init; }

    /// <summary>The form of the text.</summary>
    public TextBody? Text { get; init; }

    /// <summary>How much thinking there is to be, and how it is told.</summary>
    public ReasoningBody? Reasoning { get; init; }

    /// <summary>What else the answer is to have.</summary>
    public ImmutableArray<string>? Include { get; init; }

    /// <summary>What to do with what does not fit.</summary>
    public string? Truncation { get; init; }

    /// <summary>How many tools of the server may be called, of which there are none.</summary>
    public int? MaxToolCalls { get; init; }

    /// <summary>How urgent it is.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>Whom the caller asks for.</summary>
    public string? User { get; init; }

    /// <summary>Whom the caller asks for.</summary>
    public string? SafetyIdentifier { get; init; }

    /// <summary>What is asked alike.</summary>
    public string? PromptCacheKey { get; init; }

    /// <summary>Everything else.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>What is said; once it is checked.</summary>
    [JsonIgnore]
    public ImmutableArray<InputItem> Items { get; private set; } = [];

    /// <summary>The id of the conversation that is named; null where none is; once it is checked.</summary>
    [JsonIgnore]
    public string? ConversationId { get; private set; }

    /// <summary>How the reply is to be made; once it is checked.</summary>
    [JsonIgnore]
    public GenerationOptions? Options { get; private set; }

    public void Validate()
    {
        ResponseParameters.Others.Check(Others);
        Rules.Optional("model", Model, Limits.Model);
        Rules.Metadata(Metadata);
        ConversationId = ReadConversation();
        if (ConversationId is not null && PreviousResponseId is not null)
        {
            throw RequestReading.Invalid("'conversation' and 'previous_response_id' exclude each other.");
        }

        Items = InputReading.Read(Input);
        if (Items.IsEmpty && ConversationId is null)
        {
            throw RequestReading.Invalid("'input' is missing; it takes a text, or a list of items.");
        }

        Options = ResponseOptions.Of(this);
    }

    private string? ReadConversation() => Conversation switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } id => id.GetString(),
        { ValueKind: JsonValueKind.Object } named when named.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String => id.GetString(),
        _ => throw RequestReading.Invalid("'conversation' is the id of a conversation, or {\"id\": the id}."),
    };
}
