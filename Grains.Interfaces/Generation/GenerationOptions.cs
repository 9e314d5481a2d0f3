using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace OrleansChat.Generation;

/// <summary>
/// How a reply is to be made. What is missing is as the model has it. Stands in the journal with the reply, so that whoever takes it
/// over asks for the same.
/// </summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.GenerationOptions")]
public sealed record GenerationOptions
{
    /// <summary>How much is left to chance, 0 to 2.</summary>
    [Id(0), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Temperature { get; init; }

    /// <summary>From which share of the likeliest words each is chosen, above 0 and up to 1.</summary>
    [Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TopP { get; init; }

    /// <summary>How many tokens the reply has at most, thinking included where the model counts it.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxOutputTokens { get; init; }

    /// <summary>Texts before which the reply ends.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Stop { get; init; }

    /// <summary>What chance is drawn from, so that a model may give the same reply again.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Seed { get; init; }

    /// <summary>The form that the reply is to have.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ResponseFormat? ResponseFormat { get; init; }

    /// <summary>The tools that the model may call.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ToolDefinition>? Tools { get; init; }

    /// <summary>Whether, or which of them, it is to call.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ToolChoice? ToolChoice { get; init; }

    /// <summary>Whether it may call several at once.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? ParallelToolCalls { get; init; }

    /// <summary>The system prompt of this reply, in the place of the conversation's; empty for none.</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instructions { get; init; }

    /// <summary>How much words are avoided by how often they were said, -2 to 2.</summary>
    [Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? FrequencyPenalty { get; init; }

    /// <summary>How much words are avoided that were said at all, -2 to 2.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PresencePenalty { get; init; }

    /// <summary>How much a model that reasons is to think.</summary>
    [Id(12), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReasoningEffort? ReasoningEffort { get; init; }

    /// <summary>How much a model is to say.</summary>
    [Id(13), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Verbosity? Verbosity { get; init; }

    /// <summary>What the caller notes with the reply, to be told again: a JSON object that no model sees.</summary>
    [Id(20), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Notes { get; init; }

    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(GenerationOptions);
}
