using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OrleansChat.Authentication;

/// <summary>Lets in who shows a key: <c>Authorization: Bearer oc_…</c>.</summary>
internal sealed class KeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SignInMode mode, KnownKeys keys)
    : SignInHandler(options, logger, encoder)
{
    private const string Bearer = "Bearer ";

    /// <summary>Whether a value of <c>Authorization</c> is meant to be a key.</summary>
    public static bool IsKey(string? shown) => shown?.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase) == true;

    protected override async ValueTask<CallerIdentity?> FindCallerAsync() =>
        mode.HasKeys
        && Request.Headers.Authorization is [{ } shown]
        && shown.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
        && await keys.FindShownAsync(shown[Bearer.Length..].Trim()) is { Key: { } key } known
            ? new CallerIdentity(key.Owner, key.Scopes, SignedInBy.Key) { Key = known, ExpiresAt = key.ExpiresAt }
            : null;
}
