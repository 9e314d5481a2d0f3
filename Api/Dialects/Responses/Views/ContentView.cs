using System.Text.Json.Serialization;

namespace OrleansChat.Dialects.Responses.Views;

/// <summary>A part of an item. What does not belong to its type is left out.</summary>
/// <param name="Type">What it is.</param>
internal sealed record ContentView(string Type)
{
    /// <summary>A text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>Always empty: no model here cites.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Annotations { get; init; }

    /// <summary>Always empty: no model here tells.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Logprobs { get; init; }

    /// <summary>The words of a refusal.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refusal { get; init; }

    /// <summary>Where an image is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ImageUrl { get; init; }

    /// <summary>How closely it is looked at.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>What a model says.</summary>
    public static ContentView OutputText(string text) => new("output_text") { Text = text, Annotations = [], Logprobs = [] };

    /// <summary>The words in which a model refuses.</summary>
    public static ContentView OfRefusal(string text) => new("refusal") { Refusal = text };

    /// <summary>What a model thinks.</summary>
    public static ContentView ReasoningText(string text) => new("reasoning_text") { Text = text };

    /// <summary>What a model thinks, for a caller who asked for summaries.</summary>
    public static ContentView SummaryText(string text) => new("summary_text") { Text = text };

    /// <summary>What is said to a model.</summary>
    public static ContentView InputText(string text) => new("input_text") { Text = text };

    /// <summary>What is shown to a model.</summary>
    public static ContentView InputImage(string url, string? detail) => new("input_image") { ImageUrl = url, Detail = detail ?? "auto" };
}
