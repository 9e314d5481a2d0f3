using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansChat.Authentication;

namespace OrleansChat.Api.Tests.Authentication;

/// <summary>By what a request's caller is to be let in.</summary>
public class SchemeChoiceTests
{
    private const string Cookie = "orleanschat-session=x";

    [Theory]
    [InlineData(null, null, SignInSchemes.Key)]
    [InlineData(null, Cookie, SignInSchemes.Session)]
    [InlineData("Bearer x", null, SignInSchemes.Key)]
    [InlineData("Bearer x", Cookie, SignInSchemes.Key)]
    [InlineData("bearer x", Cookie, SignInSchemes.Key)]
    [InlineData("Bearer", Cookie, SignInSchemes.Key)]

    // Of a gateway in front, which lets nobody pass without: it says nothing about who has which session here.
    [InlineData("Basic YWxpY2U6eA==", Cookie, SignInSchemes.Session)]
    [InlineData("Negotiate x", Cookie, SignInSchemes.Session)]
    [InlineData("Basic YWxpY2U6eA==", null, SignInSchemes.Key)]
    public void A_key_comes_before_a_session_and_what_is_no_key_before_nothing(string? authorization, string? cookie, string scheme)
    {
        var mode = new SignInMode();
        mode.Set(keys: true, proxy: false);
        using var services = new ServiceCollection().AddSingleton(mode).AddSingleton(Options.Create(new SignInOptions())).BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        if (authorization is not null)
        {
            context.Request.Headers.Authorization = authorization;
        }

        if (cookie is not null)
        {
            context.Request.Headers.Cookie = cookie;
        }

        Assert.Equal(scheme, SchemeChoice.Of(context));
    }
}
