using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansChat.Dialects.AiSdk.Chunks;

namespace OrleansChat.Dialects.AiSdk.Messages;

/// <summary>A part of a <see cref="UiMessage"/>. Which properties it has depends on its type.</summary>
internal sealed record UiPart
{
    private const string ToolPrefix = "tool-";

    /// <summary><c>text</c>, <c>reasoning</c>, <c>file</c>, <c>step-start</c>, <c>tool-NAME</c>, <c>dynamic-tool</c> and others.</summary>
    public string? Type { get; init; }

    /// <summary>What a text or some thinking says.</summary>
    public string? Text { get; init; }

    /// <summary>How far a call is.</summary>
    public string? State { get; init; }

    /// <summary>Where a file is.</summary>
    public string? Url { get; init; }

    /// <summary>A file's media type.</summary>
    [JsonPropertyName("mediaType")]
    public string? MediaType { get; init; }

    /// <summary>A call's id.</summary>
    [JsonPropertyName("toolCallId")]
    public string? ToolCallId { get; init; }

    /// <summary>The tool, where the type does not say it.</summary>
    [JsonPropertyName("toolName")]
    public string? ToolName { get; init; }

    /// <summary>What the tool is called with.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>What the tool answered.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Why the tool failed.</summary>
    [JsonPropertyName("errorText")]
    public string? ErrorText { get; init; }

    /// <summary>Whether the model's provider ran the tool itself.</summary>
    [JsonPropertyName("providerExecuted")]
    public bool? ProviderExecuted { get; init; }

    /// <summary>What is a provider's own.</summary>
    [JsonPropertyName("providerMetadata")]
    public JsonElement? ProviderMetadata { get; init; }

    /// <summary>The name of the tool that it calls; null where it is no call that the client is to carry out.</summary>
    [JsonIgnore]
    public string? CalledTool => ProviderExecuted == true ? null
        : Type == "dynamic-tool" ? ToolName
        : Type?.StartsWith(ToolPrefix, StringComparison.Ordinal) == true ? Type[ToolPrefix.Length..]
        : null;

    /// <summary>What came of the call, as models are shown it; null as long as nothing has.</summary>
    [JsonIgnore]
    public string? Outcome => State switch
    {
        "output-available" => JsonText.OfOutput(Output),
        "output-error" => JsonText.OfError(ErrorText ?? ""),
        "output-denied" => JsonText.OfError("The user denied the call."),
        _ => null,
    };

    /// <summary>Our own mark on it; default where there is none.</summary>
    public JsonElement Mark(string name) =>
        ProviderMetadata is { ValueKind: JsonValueKind.Object } all
        && all.TryGetProperty(StepParts.Provider, out var ours)
        && ours.ValueKind == JsonValueKind.Object
        && ours.TryGetProperty(name, out var mark)
            ? mark
            : default;
}
