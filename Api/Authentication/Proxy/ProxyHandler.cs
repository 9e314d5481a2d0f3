using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Keys;

namespace OrleansChat.Authentication;

/// <summary>Lets in whom a trusted proxy names.</summary>
internal sealed class ProxyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IOptions<SignInOptions> signIn,
    TrustedProxy proxy) : SignInHandler(options, logger, encoder)
{
    private static readonly char[] Separators = [' ', ','];

    protected override ValueTask<CallerIdentity?> FindCallerAsync()
    {
        var settings = signIn.Value.Proxy;
        var caller = proxy.Sent(Context)
            && Request.Headers[settings.OwnerHeader] is [{ } name]
            && OwnerId.TryParse(name, out var owner)
            && !IsLocal(owner)
            && TryReadScopes(settings.ScopesHeader, out var scopes)
                ? new CallerIdentity(owner, scopes, SignedInBy.Proxy)
                : null;
        return ValueTask.FromResult(caller);
    }

    // Whose everything is from before anybody signed in: a login of that name must not inherit it. Folders may not tell cases apart.
    private static bool IsLocal(OwnerId owner) => string.Equals(owner.Value, OwnerId.Local.Value, StringComparison.OrdinalIgnoreCase);

    private bool TryReadScopes(string? header, out Scope scopes)
    {
        scopes = Scope.Write;
        return header is null
            || !Request.Headers.TryGetValue(header, out var words)
            || (words is [{ } list] && Scopes.TryParse(list.Split(Separators, StringSplitOptions.RemoveEmptyEntries), out scopes));
    }
}
