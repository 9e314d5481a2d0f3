using OrleansChat.Conversations;

namespace OrleansChat.Errors;

/// <summary>Tells what passes by itself from what does not.</summary>
internal static class Unavailability
{
    /// <summary>
    /// Whether the same call can succeed a moment later: a silo or the store is away, moving or busy. Cancellation is among it, as
    /// silos cancel what they were asked while their part of the directory moves; our own callers' is told apart before this.
    /// </summary>
    public static bool IsTransient(Exception exception) =>
        exception is StorageUnavailableException or ConversationMovingException or OrleansException or TimeoutException or OperationCanceledException;
}
