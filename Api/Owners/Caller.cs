using OrleansChat.Authentication;
using OrleansChat.Conversations;

namespace OrleansChat.Owners;

/// <summary>Who makes a request.</summary>
internal static class Caller
{
    /// <summary>The owner on whose behalf a request is made.</summary>
    /// <exception cref="InvalidOperationException">Nobody has signed in; such a request never comes to an endpoint that asks.</exception>
    public static OwnerId Owner(this HttpContext context) => context.Identity().Owner;

    /// <summary>Who makes a request.</summary>
    /// <inheritdoc cref="Owner" path="/exception"/>
    public static CallerIdentity Identity(this HttpContext context) =>
        context.FindIdentity() ?? throw new InvalidOperationException("An endpoint that is open to everybody asked who it is.");

    /// <summary>Who makes a request; null for somebody who has not signed in.</summary>
    public static CallerIdentity? FindIdentity(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.User.Identity as CallerIdentity;
    }
}
