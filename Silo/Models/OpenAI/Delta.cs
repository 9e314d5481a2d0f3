namespace OrleansChat.Models.OpenAI;

/// <summary>What one event of a Chat Completions stream adds to a reply. Texts may begin or end with half a surrogate pair.</summary>
/// <param name="Text">Text, or null.</param>
/// <param name="Reasoning">Thinking, or null.</param>
/// <param name="Refusal">Words of a refusal, or null.</param>
/// <param name="ToolCalls">Pieces of tool calls as the endpoint numbers them, or null.</param>
internal readonly record struct Delta(
    string? Text = null, string? Reasoning = null, string? Refusal = null, List<ToolCallPiece>? ToolCalls = null)
{
    /// <summary>Whether there is anything but text.</summary>
    public bool HasMore => Reasoning is not null || Refusal is not null || ToolCalls is not null;
}
