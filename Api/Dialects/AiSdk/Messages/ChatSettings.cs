using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansChat.Generation;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.AiSdk.Messages;

/// <summary>How a reply is to be made, under the names that the AI SDK has for it. Clients put it into their <c>body</c>.</summary>
internal record ChatSettings
{
    /// <summary>The names, for whoever got one wrong.</summary>
    protected const string SettingsShape =
        "\"model\"?, \"system\"?, \"temperature\"?, \"topP\"?, \"maxOutputTokens\"?, \"stopSequences\"?, \"seed\"?, \"presencePenalty\"?, \"frequencyPenalty\"?, "
        + "\"reasoningEffort\"?, \"responseFormat\"?, \"tools\"?: {NAME: {\"description\"?, \"inputSchema\"?}}, \"toolChoice\"?, \"parallelToolCalls\"?";

    private static readonly ImmutableArray<(string Ours, string Theirs)> Names =
    [
        ("'options.top_p", "'topP"), ("'options.max_output_tokens", "'maxOutputTokens"), ("'options.stop", "'stopSequences"),
        ("'options.response_format", "'responseFormat"), ("'options.tool_choice", "'toolChoice"), ("'options.parallel_tool_calls", "'parallelToolCalls"),
        ("'options.presence_penalty", "'presencePenalty"), ("'options.frequency_penalty", "'frequencyPenalty"), ("'options.instructions", "'system"),
        ("'options.reasoning_effort", "'reasoningEffort"), ("'options.", "'"), ("'options'", "'body'"),
    ];

    /// <summary>The model to reply.</summary>
    public string? Model { get; init; }

    /// <summary>The system prompt.</summary>
    public string? System { get; init; }

    /// <summary>How much is left to chance.</summary>
    public double? Temperature { get; init; }

    /// <summary>From which share of the likeliest words each is chosen.</summary>
    [JsonPropertyName("topP")]
    public double? TopP { get; init; }

    /// <summary>How many tokens the reply has at most.</summary>
    [JsonPropertyName("maxOutputTokens")]
    public int? MaxOutputTokens { get; init; }

    /// <summary>Texts before which the reply ends.</summary>
    [JsonPropertyName("stopSequences")]
    public ImmutableArray<string>? StopSequences { get; init; }

    /// <summary>What chance is drawn from.</summary>
    public long? Seed { get; init; }

    /// <summary>How much words are avoided that were said at all.</summary>
    [JsonPropertyName("presencePenalty")]
    public double? PresencePenalty { get; init; }

    /// <summary>How much words are avoided by how often they were said.</summary>
    [JsonPropertyName("frequencyPenalty")]
    public double? FrequencyPenalty { get; init; }

    /// <summary>How much a model that reasons is to think.</summary>
    [JsonPropertyName("reasoningEffort")]
    public ReasoningEffort? ReasoningEffort { get; init; }

    /// <summary>The form that the reply is to have.</summary>
    [JsonPropertyName("responseFormat")]
    public UiResponseFormat? ResponseFormat { get; init; }

    /// <summary>The tools that the model may call, by name.</summary>
    public IReadOnlyDictionary<string, UiTool>? Tools { get; init; }

    /// <summary>Whether, or which of them, it is to call.</summary>
    [JsonPropertyName("toolChoice")]
    public JsonElement? ToolChoice { get; init; }

    /// <summary>Whether it may call several at once.</summary>
    [JsonPropertyName("parallelToolCalls")]
    public bool? ParallelToolCalls { get; init; }

    /// <summary>The options, checked; null where nothing is said.</summary>
    /// <exception cref="Errors.InvalidRequestException">Something is not allowed; the message names it.</exception>
    public GenerationOptions? ToOptions()
    {
        Rules.Optional("model", Model, Limits.Model);
        Rules.Optional("system", System, Limits.System);
        var options = new GenerationOptions
        {
            Instructions = System,
            Temperature = Temperature,
            TopP = TopP,
            MaxOutputTokens = MaxOutputTokens,
            Stop = StopSequences is { IsDefaultOrEmpty: false } ? StopSequences : null,
            Seed = Seed,
            PresencePenalty = PresencePenalty,
            FrequencyPenalty = FrequencyPenalty,
            ReasoningEffort = ReasoningEffort,
            ResponseFormat = FormatOf(ResponseFormat),
            Tools = Tools is { Count: > 0 } ? [.. Tools.Select(ToolOf)] : null,
            ToolChoice = ChoiceOf(ToolChoice),
            ParallelToolCalls = ParallelToolCalls,
        };
        if (options.Tools is null)
        {
            // To say how to choose from nothing is common, and harmless.
            options = options with { ToolChoice = options.ToolChoice is { Mode: ToolChoiceMode.Required or ToolChoiceMode.Named } ? options.ToolChoice : null, ParallelToolCalls = null };
        }

        OptionRules.Check(options, Names.AsSpan());
        return OptionRules.OrNull(options);
    }

    private static ToolDefinition ToolOf(KeyValuePair<string, UiTool> tool) => tool.Value is { } found
        ? new ToolDefinition(tool.Key, found.Description, found.InputSchema, found.Strict)
        : throw RequestReading.Invalid($"'tools.{tool.Key}' is {{\"description\"?, \"inputSchema\"?: a JSON schema of an object}}.");

    private static ResponseFormat? FormatOf(UiResponseFormat? format) => format switch
    {
        null => null,
        { Type: "text" } => new ResponseFormat(ResponseFormatType.Text),
        { Type: "json", Schema: null } => new ResponseFormat(ResponseFormatType.JsonObject),
        { Type: "json" } => new ResponseFormat(ResponseFormatType.JsonSchema, format.Name, format.Description, format.Schema),
        _ => throw RequestReading.Invalid("'responseFormat' is {\"type\": \"text\"} or {\"type\": \"json\", \"schema\"?, \"name\"?, \"description\"?}."),
    };

    private static ToolChoice? ChoiceOf(JsonElement? choice) => choice switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } word when word.ValueEquals("auto"u8) => new ToolChoice(ToolChoiceMode.Auto),
        { ValueKind: JsonValueKind.String } word when word.ValueEquals("none"u8) => new ToolChoice(ToolChoiceMode.None),
        { ValueKind: JsonValueKind.String } word when word.ValueEquals("required"u8) => new ToolChoice(ToolChoiceMode.Required),
        { ValueKind: JsonValueKind.Object } tool when tool.TryGetProperty("toolName"u8, out var name) && name.ValueKind == JsonValueKind.String =>
            new ToolChoice(ToolChoiceMode.Named, name.GetString()),
        _ => throw RequestReading.Invalid("'toolChoice' is \"auto\", \"none\", \"required\" or {\"type\": \"tool\", \"toolName\"}."),
    };
}
