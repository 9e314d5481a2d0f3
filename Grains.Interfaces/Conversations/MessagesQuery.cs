namespace OrleansChat.Conversations;

/// <summary>Which messages to read: a branch or all of them, and which page of that.</summary>
/// <param name="Limit">How many messages at most, 1 or more. Of long ones a page has fewer: as many as have 1 MiB (UTF-8), but one at least.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.MessagesQuery")]
public sealed record MessagesQuery([property: Id(0)] int Limit)
{
    /// <summary>The id of the message after which, in the order asked for, the page starts; null for the beginning.</summary>
    [Id(1)]
    public string? After { get; init; }

    /// <summary>The id of the message before which, in the order asked for, the page ends; null for a page from <see cref="After"/> on.</summary>
    [Id(2)]
    public string? Before { get; init; }

    /// <summary>The last message of the branch to read; null for the active branch.</summary>
    [Id(3)]
    public string? Head { get; init; }

    /// <summary>Whether to read the messages of all branches, in the order of creation.</summary>
    [Id(4)]
    public bool AllBranches { get; init; }

    /// <summary>Whether the newest come first.</summary>
    [Id(5)]
    public bool NewestFirst { get; init; }
}
