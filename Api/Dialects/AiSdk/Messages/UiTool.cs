using System.Text.Json.Serialization;
using OrleansChat.Generation;

namespace OrleansChat.Dialects.AiSdk.Messages;

/// <summary>A tool that the model may call, by its name in the set.</summary>
internal sealed record UiTool
{
    /// <summary>What it does, for the model to read.</summary>
    public string? Description { get; init; }

    /// <summary>The JSON schema of its input.</summary>
    [JsonPropertyName("inputSchema")]
    public RawJson? InputSchema { get; init; }

    /// <summary>Whether the input must follow the schema to the letter.</summary>
    public bool? Strict { get; init; }
}
