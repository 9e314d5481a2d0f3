using System.Text.Json;

namespace OrleansChat.Dialects.Responses.Rendering;

/// <summary>Where in a response's output a text is.</summary>
/// <param name="Item">The item's id.</param>
/// <param name="OutputIndex">The item's index.</param>
/// <param name="PartIndex">The part's index in the item; null where the item has no parts.</param>
/// <param name="IsSummary">Whether it is a part of a summary rather than of the content.</param>
/// <param name="HasLogprobs">Whether it is text, of which some models tell how likely it was.</param>
internal readonly record struct PartPlace(string Item, int OutputIndex, int? PartIndex = null, bool IsSummary = false, bool HasLogprobs = false)
{
    /// <summary>The name of the part's index.</summary>
    public ReadOnlySpan<byte> IndexName => IsSummary ? "summary_index"u8 : "content_index"u8;

    /// <summary>Writes it into a frame.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("item_id"u8, Item);
        json.WriteNumber("output_index"u8, OutputIndex);
        if (PartIndex is { } index)
        {
            json.WriteNumber(IndexName, index);
        }
    }
}
