using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Keys;

namespace OrleansChat.Authentication;

/// <summary>Lets in whoever is on this machine.</summary>
internal sealed class LocalHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : SignInHandler(options, logger, encoder)
{
    private static readonly CallerIdentity Whoever = new(OwnerId.Local, Scopes.All, SignedInBy.Local);

    protected override ValueTask<CallerIdentity?> FindCallerAsync() => ValueTask.FromResult<CallerIdentity?>(Whoever);
}
