using System.Text.Json.Serialization;

namespace OrleansChat.Contents;

/// <summary>A part of a message that is more than text.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Text">The text; null for an image.</param>
/// <param name="Url">Where an image is: an <c>https</c> URL, or the image itself as a <c>data</c> URL in Base64; null for text.</param>
/// <param name="MediaType">An image's media type, such as <c>image/png</c>; null where the URL says it, or nobody does.</param>
/// <param name="Detail">How closely the model is to look at an image: <c>auto</c>, <c>low</c> or <c>high</c>; null for as it likes.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ContentPart")]
public sealed record ContentPart(
    [property: Id(0)] ContentPartType Type,
    [property: Id(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Text = null,
    [property: Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url = null,
    [property: Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? MediaType = null,
    [property: Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail = null)
{
    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(ContentPart);
}
