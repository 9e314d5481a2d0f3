using OrleansChat.Generation;

namespace OrleansChat.Dialects.ChatCompletions.Requests;

/// <summary>A tool that the model may call.</summary>
/// <param name="Type">Always <c>function</c>.</param>
/// <param name="Function">The function.</param>
internal sealed record ChatTool(string? Type, ToolDefinition? Function);
