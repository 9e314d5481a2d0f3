using Microsoft.Extensions.AI;

namespace OrleansChat.Models;

/// <summary>
/// A piece of a tool call as a model writes it: what stands in a stream where <see cref="FunctionCallContent"/> needs the call to be whole.
/// The first piece of a call has its id and name; its arguments are the joined arguments of all its pieces, as the model wrote them.
/// </summary>
/// <param name="index">Which call of the reply it belongs to, from 0; parallel calls may take turns.</param>
/// <param name="callId">The call's id, in its first piece; null in the others.</param>
/// <param name="name">The tool's name, in the call's first piece; null in the others.</param>
/// <param name="arguments">A piece of the arguments' JSON; may be empty.</param>
public sealed class ToolCallPiece(int index, string? callId, string? name, string arguments) : AIContent
{
    /// <summary>Which call of the reply it belongs to, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>The call's id; null but in its first piece.</summary>
    public string? CallId { get; } = callId;

    /// <summary>The tool's name; null but in the call's first piece.</summary>
    public string? Name { get; } = name;

    /// <summary>A piece of the arguments' JSON.</summary>
    public string Arguments { get; } = arguments;
}
