using System.Text.RegularExpressions;
using OrleansChat.Browser.Tests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Clusters;

/// <summary>A process of a cluster is killed under a page that nobody reloads.</summary>
public partial class NodeTests(ClusterSite site) : IClassFixture<ClusterSite>
{
    private const string Question = "Why is the sky blue? [demo: tokens=400 rate=100]";

    [BrowserAndPostgresFact]
    public Task The_node_that_it_talks_to_is_killed_in_mid_reply_and_another_goes_on() => site.VisitAsync(
        async page =>
        {
            await page.SayAsync(Question);
            await Expect(page.ReplyText).ToHaveTextAsync(AWhile());
            site.Network.Server = site.Cluster.Apis[1].Address;
            await site.Cluster.Apis[0].KillAsync();

            await AssertWholeAsync(page);
            await site.Cluster.Apis[0].StartAsync();
            site.Network.Server = site.Cluster.Apis[0].Address;
        },
        VisitOptions.Default.WithBreaks);

    [BrowserAndPostgresFact]
    public Task The_silo_that_produces_the_reply_is_killed_and_another_takes_it_over() => site.VisitAsync(
        async page =>
        {
            // The only one that there is, so that it has the conversation.
            await page.SayAsync("Hello. [demo: tokens=5]");
            var silo = site.Cluster.Silos[0];
            await site.Cluster.AddSilo().StartAsync();
            await page.SayAsync(Question);
            await Expect(page.ReplyText).ToHaveTextAsync(AWhile());
            await silo.KillAsync();

            await AssertWholeAsync(page);
            Assert.Contains("reply.continued", await site.Cluster.Apis[1].Api.Http.GetStringAsync(new Uri($"/conversations/{page.ConversationId}/events?until=idle", UriKind.Relative)), StringComparison.Ordinal);
        },
        VisitOptions.Default.WithBreaks);

    private async Task AssertWholeAsync(ChatPage page)
    {
        await page.UntilAsync("completed");
        await Expect(page.Alert).ToBeHiddenAsync();
        await page.UntilConnectionAsync("live");
        await site.VisitAsync(
            async fresh =>
            {
                await fresh.UntilAsync("completed");
                Assert.Equal(await fresh.ShownAsync(), await page.ShownAsync());
            },
            VisitOptions.Default with { Fragment = "#/" + page.ConversationId });
    }

    // Some text, and surely not all of it.
    [GeneratedRegex(".{100,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AWhile();
}
