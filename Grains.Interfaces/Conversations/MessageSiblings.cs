namespace OrleansChat.Conversations;

/// <summary>A message among those that follow the same message: what a person needs to leaf through the versions of it.</summary>
/// <param name="Position">Its place in the order of creation, from 1.</param>
/// <param name="Count">How many there are, itself included.</param>
/// <param name="Previous">The id of the one before it; null for the first.</param>
/// <param name="Next">The id of the one after it; null for the last.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.MessageSiblings")]
public sealed record MessageSiblings(
    [property: Id(0)] int Position,
    [property: Id(1)] int Count,
    [property: Id(2)] string? Previous,
    [property: Id(3)] string? Next);
