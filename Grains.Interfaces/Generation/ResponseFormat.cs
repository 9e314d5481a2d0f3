using System.Text.Json.Serialization;

namespace OrleansChat.Generation;

/// <summary>The form that a reply is to have. All but the type belongs to <see cref="ResponseFormatType.JsonSchema"/>.</summary>
/// <param name="Type">Which form.</param>
/// <param name="Name">The schema's name.</param>
/// <param name="Description">What it is for, for the model to read.</param>
/// <param name="Schema">The JSON schema.</param>
/// <param name="Strict">Whether the reply must follow it to the letter.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ResponseFormat")]
public sealed record ResponseFormat(
    [property: Id(0)] ResponseFormatType Type,
    [property: Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name = null,
    [property: Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description = null,
    [property: Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RawJson? Schema = null,
    [property: Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Strict = null)
{
    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(ResponseFormat);
}
