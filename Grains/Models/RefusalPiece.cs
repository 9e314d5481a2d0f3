using Microsoft.Extensions.AI;

namespace OrleansChat.Models;

/// <summary>A piece of the words in which a model refuses to answer.</summary>
/// <param name="text">The piece.</param>
public sealed class RefusalPiece(string text) : AIContent
{
    /// <summary>The piece.</summary>
    public string Text { get; } = text;
}
