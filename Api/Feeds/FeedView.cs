using OrleansChat.Conversations;

namespace OrleansChat.Feeds;

/// <summary>A feed as it is at one moment, for a reader at one cursor.</summary>
/// <param name="Next">The block that holds the event after the cursor; null when that is not in the window.</param>
/// <param name="First">The sequence from which on events are in the window. A cursor below <c>First - 1</c> is behind it.</param>
/// <param name="Head">The sequence of the newest event known.</param>
/// <param name="Status">Whether a reply runs at <paramref name="Head"/>.</param>
/// <param name="IsGone">Whether the conversation was deleted.</param>
/// <param name="Heartbeats">How often readers were asked to show that they are alive.</param>
/// <param name="Changed">Done when anything above may have changed. To be awaited once at most.</param>
internal readonly record struct FeedView(
    FeedBlock? Next,
    long First,
    long Head,
    ConversationStatus Status,
    bool IsGone,
    int Heartbeats,
    ValueTask Changed);
