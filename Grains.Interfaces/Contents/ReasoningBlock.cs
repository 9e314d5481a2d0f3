using System.Text.Json.Serialization;

namespace OrleansChat.Contents;

/// <summary>A stretch of a model's thinking.</summary>
/// <param name="Text">What it thought; empty where the model hides it.</param>
/// <param name="Signature">
/// What the model's provider wants back with this thinking when tools have answered, letter by letter; null where it wants nothing.
/// </param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ReasoningBlock")]
public sealed record ReasoningBlock(
    [property: Id(0)] string Text,
    [property: Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Signature = null)
{
    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(ReasoningBlock);
}
