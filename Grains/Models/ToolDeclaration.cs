using System.Text.Json;
using Microsoft.Extensions.AI;
using OrleansChat.Generation;

namespace OrleansChat.Models;

/// <summary>A tool that a model may call, and that nobody here carries out.</summary>
internal sealed class ToolDeclaration : AIFunctionDeclaration
{
    /// <summary>The name under which additional properties say whether a schema must be followed to the letter.</summary>
    public const string Strict = "strict";

    private static readonly JsonElement NoParameters = JsonElement.Parse("""{"type":"object","properties":{}}""");

    private readonly ToolDefinition definition;

    /// <summary>Creates the declaration.</summary>
    public ToolDeclaration(ToolDefinition definition)
    {
        this.definition = definition;
        JsonSchema = definition.Parameters is { } parameters ? JsonElement.Parse(parameters.Text) : NoParameters;
        AdditionalProperties = definition.Strict is { } strict
            ? new Dictionary<string, object?>(StringComparer.Ordinal) { [Strict] = strict }
            : base.AdditionalProperties;
    }

    /// <inheritdoc />
    public override string Name => definition.Name;

    /// <inheritdoc />
    public override string Description => definition.Description ?? "";

    /// <inheritdoc />
    public override JsonElement JsonSchema { get; }

    /// <inheritdoc />
    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; }
}
