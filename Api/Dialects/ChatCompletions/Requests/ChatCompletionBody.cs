using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Conversations;
using OrleansChat.Generation;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.ChatCompletions.Requests;

/// <summary>The body of <c>POST /v1/chat/completions</c>.</summary>
internal sealed record ChatCompletionBody : IRequestBody<ChatCompletionBody>
{
    public static string Shape =>
        $"{{\"messages\": [{{\"role\": \"system\" | \"developer\" | \"user\" | \"assistant\" | \"tool\", \"content\"}}, …] with 1 to {Limits.Messages}, \"model\"?: text, \"stream\"?: true | false, …}}";

    public static JsonTypeInfo<ChatCompletionBody> TypeInfo => ChatCompletionsJson.Default.ChatCompletionBody;

    /// <summary>The exchange so far.</summary>
    public ImmutableArray<ChatMessageBody>? Messages { get; init; }

    /// <summary>The model to reply.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the reply comes in chunks.</summary>
    public bool? Stream { get; init; }

    /// <summary>How it comes in chunks.</summary>
    public ChatStreamOptions? StreamOptions { get; init; }

    /// <summary>Whether the conversation underneath is kept.</summary>
    public bool? Store { get; init; }

    /// <summary>The caller's notes, which the conversation gets.</summary>
    public ImmutableSortedDictionary<string, string>? Metadata { get; init; }

    /// <inheritdoc cref="GenerationOptions.Temperature"/>
    public double? Temperature { get; init; }

    /// <inheritdoc cref="GenerationOptions.TopP"/>
    public double? TopP { get; init; }

    /// <inheritdoc cref="GenerationOptions.MaxOutputTokens"/>
    public int? MaxCompletionTokens { get; init; }

    /// <summary>The same by its former name.</summary>
    public int? MaxTokens { get; init; }

    /// <inheritdoc cref="GenerationOptions.FrequencyPenalty"/>
    public double? FrequencyPenalty { get; init; }

    /// <inheritdoc cref="GenerationOptions.PresencePenalty"/>
    public double? PresencePenalty { get; init; }

    /// <summary>One text before which the reply ends, or several.</summary>
    public JsonElement? Stop { get; init; }

    /// <inheritdoc cref="GenerationOptions.Seed"/>
    public long? Seed { get; init; }

    /// <inheritdoc cref="GenerationOptions.ReasoningEffort"/>
    public string? ReasoningEffort { get; init; }

    /// <inheritdoc cref="GenerationOptions.Verbosity"/>
    public string? Verbosity { get; init; }

    /// <inheritdoc cref="GenerationOptions.ResponseFormat"/>
    public ChatResponseFormat? ResponseFormat { get; init; }

    /// <inheritdoc cref="GenerationOptions.Tools"/>
    public ImmutableArray<ChatTool>? Tools { get; init; }

    /// <summary>A word, or the one function to call.</summary>
    public JsonElement? ToolChoice { get; init; }

    /// <inheritdoc cref="GenerationOptions.ParallelToolCalls"/>
    public bool? ParallelToolCalls { get; init; }

    /// <summary>Everything else.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    /// <summary>What was exchanged, and what is to be replied to; once it is checked.</summary>
    [JsonIgnore]
    public ChatPrompt? Prompt { get; private set; }

    /// <summary>How the reply is to be made; once it is checked.</summary>
    [JsonIgnore]
    public GenerationOptions? Options { get; private set; }

    public void Validate()
    {
        ChatParameters.Others.Check(Others);
        Rules.Optional("model", Model, Limits.Model);
        Rules.Metadata(Metadata);
        if (StreamOptions is not null && Stream != true)
        {
            throw RequestReading.Invalid("'stream_options' goes with 'stream': true only.");
        }

        Prompt = ChatPrompt.Of(Messages ?? []);
        Options = ChatOptions.Of(this);
    }

    /// <summary>The conversation underneath.</summary>
    public CreateConversation ToConversation() =>
        new(null, Model, null, Metadata ?? ImmutableSortedDictionary<string, string>.Empty, Prompt!.History) { Transient = Store != true };

    /// <summary>What is to be replied to.</summary>
    public SendMessage ToMessage() => Prompt!.Last with { Options = Options };
}
