using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;

namespace OrleansChat.Browser.Tests.Security;

/// <summary>A page of somebody else, open in the same browser, makes the product do nothing and tell nothing.</summary>
[Collection(nameof(ChatSite))]
public class CrossSiteTests(ChatSite site)
{
    [BrowserTheory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public Task Whatever_it_sends_nothing_happens_and_it_reads_nothing(string host) => site.VisitAsync(
        async page =>
        {
            await page.SayAndHearAsync("This is mine.");
            var requests = site.Model.Requests.Count;
            Assert.Empty(await Attack.FromAsync(host, page, site.Network.Address));
            Assert.DoesNotContain("planted", (await site.Api.GetAsync("/conversations?limit=100")).ToString(), StringComparison.Ordinal);
            Assert.Equal(requests, site.Model.Requests.Count);

            // And the page itself goes on.
            await page.SayAndHearAsync("Still mine.");
        },
        Attack.Visit,
        $"{nameof(CrossSiteTests)} {host}");
}
