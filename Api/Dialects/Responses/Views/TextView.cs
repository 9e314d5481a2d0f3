using System.Text.Json.Serialization;
using OrleansChat.Generation;

namespace OrleansChat.Dialects.Responses.Views;

/// <summary>What the text was asked to be like.</summary>
internal sealed record TextView(TextFormatView Format, Verbosity Verbosity);

/// <summary>The form that the text was to have. What does not belong to its type is left out.</summary>
internal sealed record TextFormatView(ResponseFormatType Type)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Schema { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Strict { get; init; }

    /// <summary>Shows a form; text where none was asked for.</summary>
    public static TextFormatView Of(ResponseFormat? format) => format is null
        ? new TextFormatView(ResponseFormatType.Text)
        : new TextFormatView(format.Type) { Name = format.Name, Description = format.Description, Schema = format.Schema, Strict = format.Strict };
}
