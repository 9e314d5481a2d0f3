using OrleansChat.Conversations;

namespace OrleansChat.Owners;

/// <summary>Who makes a request.</summary>
internal static class Caller
{
    /// <summary>The owner on whose behalf a request is made; <see cref="OwnerId.Local"/> as long as nobody signs in.</summary>
    public static OwnerId Owner(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return OwnerId.Local;
    }
}
