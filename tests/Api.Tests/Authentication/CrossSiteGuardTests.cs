using Microsoft.AspNetCore.Http;
using OrleansChat.Authentication;

namespace OrleansChat.Api.Tests.Authentication;

public class CrossSiteGuardTests
{
    [Theory]
    [InlineData(null, null, false)]
    [InlineData("same-origin", null, false)]
    [InlineData("none", null, false)]
    [InlineData("cross-site", null, true)]
    [InlineData("same-site", null, true)]
    [InlineData("something new", null, true)]
    [InlineData(null, "http://chat.example:5000", false)]
    [InlineData(null, "http://CHAT.example:5000", false)]
    [InlineData(null, "https://chat.example:5000", false)]
    [InlineData(null, "http://chat.example", true)]
    [InlineData(null, "http://chat.example:5001", true)]
    [InlineData(null, "http://evil.chat.example:5000", true)]
    [InlineData(null, "null", true)]
    [InlineData(null, "chat.example:5000", true)]
    [InlineData("same-origin", "http://evil.example", false)]
    [InlineData("cross-site", "http://chat.example:5000", true)]
    [InlineData("cross-site", "https://friend.example", false)]
    [InlineData(null, "https://friend.example", false)]
    public void What_a_browser_says_of_the_page_that_asks_decides(string? site, string? origin, bool isFromElsewhere)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString("chat.example:5000");
        if (site is not null)
        {
            request.Headers["Sec-Fetch-Site"] = site;
        }

        if (origin is not null)
        {
            request.Headers.Origin = origin;
        }

        Assert.Equal(isFromElsewhere, new CrossSiteGuard(new OneFriend()).IsFromElsewhere(request));
    }

    [Fact]
    public void A_standard_port_is_named_by_neither_or_one()
    {
        var request = new DefaultHttpContext().Request;
        (request.Host, request.Headers.Origin) = (new HostString("chat.example:443"), "https://chat.example");

        Assert.False(new CrossSiteGuard(new OneFriend()).IsFromElsewhere(request));
    }

    // Without credentials no browser sends them where it asks first. It does not ask first for what any form could send.
    [Theory]
    [InlineData(nameof(SignedInBy.Session), false, true)]
    [InlineData(nameof(SignedInBy.Proxy), false, true)]
    [InlineData(nameof(SignedInBy.Local), false, false)]
    [InlineData(nameof(SignedInBy.Session), true, false)]
    [InlineData(nameof(SignedInBy.Proxy), true, false)]
    public void A_friends_page_acts_for_who_has_signed_in_only_where_it_may_with_credentials(string signedInBy, bool withCredentials, bool isFromElsewhere)
    {
        var request = new DefaultHttpContext().Request;
        (request.Headers.Origin, request.Headers["Sec-Fetch-Site"]) = ("https://friend.example", "cross-site");

        Assert.Equal(isFromElsewhere, new CrossSiteGuard(new OneFriend { AllowCredentials = withCredentials }).IsFromElsewhere(request, Enum.Parse<SignedInBy>(signedInBy)));
    }

    private sealed class OneFriend : ICrossOrigins
    {
        public bool AllowCredentials { get; init; }

        public bool Allows(string origin) => origin == "https://friend.example";
    }
}
