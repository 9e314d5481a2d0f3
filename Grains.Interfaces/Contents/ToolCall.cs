namespace OrleansChat.Contents;

/// <summary>A call of a tool that a model asks for. Whoever sent the message carries it out and posts a <see cref="ToolResult"/>.</summary>
/// <param name="Id">The call's id, unique within its reply.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">The arguments as the model wrote them: JSON, unless the model erred.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ToolCall")]
public sealed record ToolCall([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] string Arguments)
{
    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(ToolCall);
}
