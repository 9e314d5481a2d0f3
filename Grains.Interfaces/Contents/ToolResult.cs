namespace OrleansChat.Contents;

/// <summary>What came of a <see cref="ToolCall"/>.</summary>
/// <param name="ToolCallId">The call's id.</param>
/// <param name="Content">What the tool says; may be empty.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ToolResult")]
public sealed record ToolResult([property: Id(0)] string ToolCallId, [property: Id(1)] string Content)
{
    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(ToolResult);
}
