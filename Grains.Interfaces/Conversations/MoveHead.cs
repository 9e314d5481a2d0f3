using System.Collections.Immutable;

namespace OrleansChat.Conversations;

/// <summary>A request to make another branch the active one.</summary>
/// <param name="Message">The message that the branch is to end with, or, with <paramref name="ToLeaf"/>, lead through.</param>
/// <param name="ToLeaf">Whether to follow the branch to its end: to the newest of all messages that come after <paramref name="Message"/>.</param>
/// <param name="Expected">The heads that the caller would have moved; empty where any will do.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.MoveHead")]
public sealed record MoveHead(
    [property: Id(0)] string Message,
    [property: Id(1)] bool ToLeaf,
    [property: Id(2)] ImmutableArray<string> Expected);
