using System.ComponentModel.DataAnnotations;
using OrleansChat.Authentication;

namespace OrleansChat.Api.Tests.Authentication;

public class SignInOptionsTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void The_defaults_are_allowed_and_no_proxy_is_believed()
    {
        var options = new SignInOptions();

        Assert.Empty(Mistakes(options));
        Assert.False(options.Proxy.IsOn);
        Assert.Null(options.Keys);
    }

    [Theory]
    [InlineData("10.0.0.0/8", null, "go together")]
    [InlineData(null, Secret, "go together")]
    [InlineData("10.0.0.0/8", "short", "has 5 characters")]
    [InlineData("10.0.0.0/8,everywhere", Secret, "names 'everywhere'")]
    [InlineData("10.0.0.1", Secret, "names '10.0.0.1'")]
    public void A_proxy_needs_networks_and_a_long_secret(string? networks, string? secret, string mistake)
    {
        var options = new SignInOptions { Proxy = new ProxyOptions { Networks = networks, Secret = secret } };

        var told = Assert.Single(Mistakes(options));

        Assert.Contains(mistake, told, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X User", "X-Secret", "Authentication:Proxy:OwnerHeader is 'X User'")]
    [InlineData("", "X-Secret", "Authentication:Proxy:OwnerHeader is ''")]
    [InlineData("X-Same", "x-same", "different headers")]
    [InlineData("X-Scopes", "X-Secret", "different headers")]
    [InlineData("X-User", "X-SCOPES", "different headers")]
    public void Its_headers_are_three(string owner, string secret, string mistake)
    {
        var proxy = new ProxyOptions { Networks = "unix", Secret = Secret, OwnerHeader = owner, SecretHeader = secret, ScopesHeader = "X-Scopes" };

        Assert.Contains(mistake, Assert.Single(Mistakes(new SignInOptions { Proxy = proxy })), StringComparison.Ordinal);
    }

    [Fact]
    public void Times_have_bounds()
    {
        var options = new SignInOptions { Recheck = TimeSpan.FromHours(1) };
        options.Sessions.Lifetime = TimeSpan.FromDays(365);
        options.Tickets.Lifetime = TimeSpan.FromSeconds(1);

        // What the attributes of the whole say comes before what its parts say.
        Assert.StartsWith("Authentication:Recheck", Assert.Single(Mistakes(options)), StringComparison.Ordinal);
        options.Recheck = TimeSpan.FromSeconds(1);
        Assert.Equal(
            ["Authentication:Sessions:Lifetime", "Authentication:Tickets:Lifetime"], Mistakes(options).Select(mistake => mistake.Split(' ')[0]));
    }

    private static IEnumerable<string> Mistakes(SignInOptions options)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        return results.Select(result => result.ErrorMessage!);
    }
}
