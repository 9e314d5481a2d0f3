using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OrleansChat.Authentication;

/// <summary>Lets in who has a session, for as long as the key that began it works. The session shows that key anew with every request.</summary>
internal sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sealer sealer, KnownKeys keys)
    : SignInHandler(options, logger, encoder)
{
    protected override async ValueTask<CallerIdentity?> FindCallerAsync() =>
        sealer.Open(SessionCookie.Read(Request), isTicket: false) is { Shown: { } shown } pass
        && await keys.FindShownAsync(shown) is { Key: { } key } known
            ? new CallerIdentity(key.Owner, key.Scopes, SignedInBy.Session) { Key = known, ExpiresAt = pass.ExpiresAt }
            : null;
}
