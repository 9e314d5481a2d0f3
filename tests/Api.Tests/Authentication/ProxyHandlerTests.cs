using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OrleansChat.Authentication;
using OrleansChat.Keys;

namespace OrleansChat.Api.Tests.Authentication;

/// <summary>Whom a proxy's word lets in, and to do what.</summary>
public class ProxyHandlerTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    // A proxy that was never told of the header passes on what its callers write into it.
    [Theory]
    [InlineData(null, "admin", Scope.Read | Scope.Write)]
    [InlineData(null, "sudo", Scope.Read | Scope.Write)]
    [InlineData(null, null, Scope.Read | Scope.Write)]
    [InlineData("X-Forwarded-Scopes", null, Scope.Read | Scope.Write)]
    [InlineData("X-Forwarded-Scopes", "read", Scope.Read)]
    [InlineData("X-Forwarded-Scopes", "admin", Scopes.All)]
    [InlineData("X-Forwarded-Scopes", "sudo", Scope.None)]
    public async Task Scopes_are_read_only_from_a_header_that_the_configuration_names(string? header, string? sent, Scope expected) =>
        Assert.Equal(expected, (await FindAsync("alice", header, sent))?.Scopes ?? Scope.None);

    [Theory]
    [InlineData("local")]
    [InlineData("Local")]
    [InlineData("LOCAL")]
    public async Task Nobody_is_the_owner_of_what_there_was_before_anybody_signed_in(string owner) => Assert.Null(await FindAsync(owner, null, null));

    private static Task<CallerIdentity?> FindAsync(string owner, string? scopesHeader, string? scopes)
    {
        var options = Options.Create(new SignInOptions { Proxy = new ProxyOptions { Networks = "127.0.0.0/8", Secret = Secret, ScopesHeader = scopesHeader } });
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Loopback } };
        (context.Request.Headers["X-Proxy-Secret"], context.Request.Headers["X-Forwarded-User"]) = (Secret, owner);
        if (scopes is not null)
        {
            context.Request.Headers["X-Forwarded-Scopes"] = scopes;
        }

        return SignInTrial.FindCallerAsync(context, (monitor, loggers, encoder) => new ProxyHandler(monitor, loggers, encoder, options, new TrustedProxy(options)));
    }
}
