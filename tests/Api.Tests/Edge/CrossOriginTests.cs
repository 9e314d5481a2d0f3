using OrleansChat.Edge.CrossOrigins;

namespace OrleansChat.Api.Tests.Edge;

/// <summary>An origin that no browser sends would allow nothing, and a wildcard everybody: neither starts.</summary>
public sealed class CrossOriginTests
{
    [Theory]
    [InlineData("https://chat.example.org")]
    [InlineData("https://chat.example.org:8443")]
    [InlineData("http://localhost:3000")]
    public void Origins_as_browsers_send_them_are_taken(string origin) => Assert.True(Validate(origin).Succeeded);

    [Theory]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("chat.example.org")]
    [InlineData("https://chat.example.org/")]
    [InlineData("https://chat.example.org/page")]
    [InlineData("https://*.example.org")]
    [InlineData("https://CHAT.example.org")]
    [InlineData("https://chat.example.org:443")]
    [InlineData("https://me@chat.example.org")]
    [InlineData("ftp://chat.example.org")]
    public void Others_stop_the_start_with_their_key(string origin)
    {
        var result = Validate("https://good.example", origin);

        Assert.Contains($"Cors:Origins:1 is '{origin}'", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(params string[] origins) =>
        new ValidateCrossOrigins().Validate(null, new CrossOriginOptions { Origins = origins });
}
