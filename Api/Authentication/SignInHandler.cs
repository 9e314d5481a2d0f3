using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace OrleansChat.Authentication;

/// <summary>One way in. Whoever cannot be let in by it is nobody, for whichever reason; how he is told is not its business.</summary>
internal abstract class SignInHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Who makes the request; null where that cannot be told, or is not true.</summary>
    protected abstract ValueTask<CallerIdentity?> FindCallerAsync();

    protected sealed override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
        await FindCallerAsync() is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(caller), Scheme.Name))
            : AuthenticateResult.NoResult();
}
