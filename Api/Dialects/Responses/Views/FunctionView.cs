using System.Text.Json;
using OrleansChat.Generation;

namespace OrleansChat.Dialects.Responses.Views;

/// <summary>A function that the model might call.</summary>
internal sealed record FunctionView(string Name, string? Description, RawJson? Parameters, bool? Strict)
{
    public string Type { get; } = "function";

    /// <summary>Shows a function.</summary>
    public static FunctionView Of(ToolDefinition tool) => new(tool.Name, tool.Description, tool.Parameters, tool.Strict);

    /// <summary>Shows which of them it was to call.</summary>
    public static RawJson ChoiceOf(ToolChoice? choice) => new(choice?.Mode switch
    {
        ToolChoiceMode.Named => $$"""{"type":"function","name":"{{JsonEncodedText.Encode(choice.Name!)}}"}""",
        ToolChoiceMode.None => "\"none\"",
        ToolChoiceMode.Required => "\"required\"",
        _ => "\"auto\"",
    });
}
