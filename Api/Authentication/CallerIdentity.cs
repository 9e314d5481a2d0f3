using System.Security.Claims;
using OrleansChat.Conversations;
using OrleansChat.Keys;

namespace OrleansChat.Authentication;

/// <summary>Who makes a request: the one identity of <see cref="HttpContext.User"/>.</summary>
internal sealed class CallerIdentity : ClaimsIdentity
{
    /// <summary>Creates an identity.</summary>
    /// <param name="owner">On whose behalf the request is made.</param>
    /// <param name="scopes">What it may do; with each scope, those that it includes.</param>
    /// <param name="signedInBy">By what the caller was let in.</param>
    public CallerIdentity(OwnerId owner, Scope scopes, SignedInBy signedInBy)
        : base([new Claim("sub", owner.Value), new Claim("scope", string.Join(' ', scopes.Expand().ToWords()))], signedInBy.ToString(), "sub", roleType: null)
    {
        (Owner, Scopes, SignedInBy) = (owner, scopes.Expand(), signedInBy);
    }

    /// <summary>On whose behalf the request is made.</summary>
    public OwnerId Owner { get; }

    /// <summary>What it may do; with each scope, those that it includes.</summary>
    public Scope Scopes { get; }

    /// <summary>By what the caller was let in.</summary>
    public SignedInBy SignedInBy { get; }

    /// <summary>The key by which, or by whose session or ticket; null where there was none.</summary>
    public KnownKey? Key { get; init; }

    /// <summary>The id of <see cref="Key"/>.</summary>
    public string? KeyId => Key?.Id;

    /// <summary>When what let the caller in ends; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Whether a browser signs in by itself with whatever request a page has it make, so that it has to be asked which page that is.</summary>
    public bool IsAmbient => SignedInBy is SignedInBy.Local or SignedInBy.Session or SignedInBy.Proxy;

    /// <summary>Whether everything that <paramref name="needed"/> stands for is among what the caller may do.</summary>
    public bool May(Scope needed) => (Scopes & needed) == needed;
}
