using System.Text.Json.Serialization;

namespace OrleansChat.Generation;

/// <summary>A tool, which is a function, that a model may call.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, for the model to read.</param>
/// <param name="Parameters">The JSON schema of its arguments; null for none.</param>
/// <param name="Strict">Whether the arguments must follow the schema to the letter.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ToolDefinition")]
public sealed record ToolDefinition(
    [property: Id(0)] string Name,
    [property: Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description = null,
    [property: Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RawJson? Parameters = null,
    [property: Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Strict = null)
{
    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(ToolDefinition);
}
