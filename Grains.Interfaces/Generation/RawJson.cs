using System.Text.Json.Serialization;

namespace OrleansChat.Generation;

/// <summary>JSON that nobody here looks into, such as a schema, on one line.</summary>
/// <param name="Text">The JSON.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.RawJson"), JsonConverter(typeof(RawJsonConverter))]
public sealed record RawJson([property: Id(0)] string Text)
{
    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(RawJson);
}
