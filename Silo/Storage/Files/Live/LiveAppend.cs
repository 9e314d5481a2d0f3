using OrleansChat.Events;

namespace OrleansChat.Storage.Files.Live;

/// <summary>What a commit has for the log from one conversation.</summary>
/// <param name="tail">The conversation's part of the log.</param>
/// <param name="block">The events.</param>
/// <param name="isMark">Whether the events go to the main file, and the log only notes that they start a reply.</param>
/// <param name="isReplying">Whether a reply runs after them.</param>
internal struct LiveAppend(LiveTail tail, EventBlock block, bool isMark, bool isReplying)
{
    /// <summary>The conversation's part of the log.</summary>
    public readonly LiveTail Tail => tail;

    /// <summary>The events.</summary>
    public readonly EventBlock Block => block;

    /// <summary>Whether the log only notes that the events start a reply.</summary>
    public readonly bool IsMark => isMark;

    /// <summary>Whether a reply runs after the events.</summary>
    public readonly bool IsReplying => isReplying;

    /// <summary>Where the lines start in the commit.</summary>
    public int Offset { get; set; }

    /// <summary>Why it was not written; null when it was.</summary>
    public Exception? Failure { get; set; }
}
