using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansChat.Authentication;

namespace OrleansChat.Api.Tests.Authentication;

/// <summary>Has one way in say who makes a request.</summary>
internal static class SignInTrial
{
    /// <summary>Who makes a request; null where that cannot be told, or is not true.</summary>
    /// <param name="context">The request.</param>
    /// <param name="create">Makes the way in.</param>
    public static async Task<CallerIdentity?> FindCallerAsync(
        HttpContext context, Func<IOptionsMonitor<AuthenticationSchemeOptions>, ILoggerFactory, UrlEncoder, SignInHandler> create)
    {
        using var services = new ServiceCollection().AddOptions().BuildServiceProvider();
        var handler = create(services.GetRequiredService<IOptionsMonitor<AuthenticationSchemeOptions>>(), NullLoggerFactory.Instance, UrlEncoder.Default);
        await handler.InitializeAsync(new AuthenticationScheme("any", displayName: null, handler.GetType()), context);
        return (await handler.AuthenticateAsync()).Principal?.Identity as CallerIdentity;
    }
}
