using OrleansChat.Browser.Tests.Evidence;
using OrleansChat.Browser.Tests.Sites;

namespace OrleansChat.Browser.Tests.Browsing;

/// <summary>What all other tests rely on: what a browser complains about fails them.</summary>
[Collection(nameof(ChatSite))]
public class VisitTests(ChatSite site)
{
    [BrowserTheory]
    [InlineData("console.error('broken')", "broken")]
    [InlineData("setTimeout(() => { throw new Error('nobody caught this') })", "nobody caught this")]
    [InlineData("document.body.append(Object.assign(document.createElement('img'), { src: 'https://elsewhere.example/' }))", "policy violated: img-src")]
    [InlineData("document.body.setAttribute('style', 'color: red')", "policy violated: style-src-attr")]
    public async Task A_visit_whose_browser_complains_fails_and_leaves_evidence(string script, string complaint)
    {
        var failure = await Assert.ThrowsAsync<VisitFailedException>(() => site.VisitAsync(async page =>
        {
            // In the page's own world, by its own rules.
            await page.Tab.EvaluateAsync($"() => {{ {script} }}");
            await page.Visit.ComplainedAsync();
        }));

        Assert.Contains(complaint, failure.InnerException!.Message, StringComparison.Ordinal);
    }
}
