using OrleansChat.Conversations;

namespace OrleansChat.Errors;

/// <summary>Tells what passes by itself from what does not.</summary>
internal static class Unavailability
{
    /// <summary>Whether the same call can succeed a moment later: a silo or the store is away, moving or busy.</summary>
    public static bool IsTransient(Exception exception) =>
        exception is StorageUnavailableException or OrleansException or TimeoutException;
}
