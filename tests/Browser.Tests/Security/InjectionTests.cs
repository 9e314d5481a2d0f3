using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Security;

/// <summary>Text stays text, whoever wrote it and wherever it is shown.</summary>
[Collection(nameof(ChatSite))]
public class InjectionTests(ChatSite site)
{
    // Each would set window.broken, or leave an element that nobody meant.
    private static readonly string[] Probes =
    [
        "<script>window.broken = 1</script>",
        "<img src=x onerror='window.broken = 1'>",
        "<svg onload='window.broken = 1'><animate onbegin='window.broken = 1' attributeName=x></svg>",
        "[link](javascript:window.broken=1) [other](java&#x0A;script:window.broken=1) <javascript:window.broken=1>",
        "![picture](x\"onerror=\"window.broken=1)",
        "<iframe srcdoc='<script>parent.broken = 1</script>'></iframe>",
        "<form action=/conversations method=post><button id=submit name=action>Send</button></form>",
        "</article></main><h1>Elsewhere</h1><a href=https://elsewhere.example>Sign in again</a>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=window.broken=1&gt;'>",
        "`</code><script>window.broken = 1</script>` \"><script>window.broken = 1</script>",
        "<a id=location name=location href=x>clobber</a><input name=children form=composer autofocus onfocus=window.broken=1>",
        "[a]: javascript:window.broken=1\n\n[a] [b](data:text/html,<script>opener.broken=1</script>)",
    ];

    // What a page has of its own, whatever is said in it.
    private const string Foreign =
        """
        () => [
          ...document.querySelectorAll('.content :is(script, img, svg, iframe, form, input, button:not(:scope pre button), math, style, object, embed, link, meta, base, h1)'),
          ...[...document.querySelectorAll('.content *')].filter(element => [...element.attributes].some(attribute => /^on|^id$|^name$|^style$/i.test(attribute.name) || /^\s*(javascript|data):/i.test(attribute.value))),
        ].filter(element => !(element.localName === 'button' && /^(Copy code|Copied)$/.test(element.ariaLabel ?? element.textContent.trim()))).map(element => element.outerHTML)
        """;

    [BrowserFact]
    public Task Nothing_that_people_or_models_say_becomes_an_element_or_a_script() => site.VisitAsync(async page =>
    {
        await page.Tab.EvaluateAsync("() => { window.broken = 0 }");
        foreach (var probe in Probes)
        {
            site.Model.Enqueue(ModelScript.Stream.Text([.. probe.Chunk(3).Select(piece => new string(piece))]).Finish().Done());
            await page.SayAndHearAsync(probe);
        }

        await AssertHarmlessAsync(page);
        await page.ReloadAsync();
        await Expect(page.Messages).ToHaveCountAsync(Probes.Length * 2);
        await AssertHarmlessAsync(page);
    });

    [BrowserFact]
    public Task Titles_and_search_results_are_text() => site.VisitAsync(async page =>
    {
        await page.Tab.EvaluateAsync("() => { window.broken = 0 }");
        foreach (var probe in Probes)
        {
            var conversation = await site.Api.CreateAsync(new { title = probe.ReplaceLineEndings(" ") });
            using (var reader = await site.Api.SendAndFollowAsync(conversation, "Find the chrysanthemum " + probe))
            {
                await reader.ToEndAsync();
            }

            await page.GoToConversationAsync(conversation);
            await Expect(page.Heading).ToHaveTextAsync(probe.ReplaceLineEndings(" "));
        }

        await page.Search.FillAsync("chrysanthemum");
        await Expect(page.Sidebar.Locator("mark")).Not.ToHaveCountAsync(0);
        Assert.Equal(0, await page.Tab.EvaluateAsync<int>("() => document.querySelectorAll('nav :is(script, img, iframe, form form, math, [onerror], [onload])').length"));
        await AssertHarmlessAsync(page);
    });

    // A name that a server or a browser might take for something else.
    [BrowserFact]
    public Task An_address_is_not_taken_for_html() => site.VisitAsync(
        async page =>
        {
            await Expect(page.Tab.Locator("body")).Not.ToBeEmptyAsync();
            await AssertHarmlessAsync(page);
        },
        VisitOptions.Default.WithStatus(404).WithStatus(400) with { Fragment = "#/conv_%22%3E%3Cimg%20src=x%20onerror=window.broken=1%3E" });

    private static async Task AssertHarmlessAsync(ChatPage page)
    {
        Assert.Empty(await page.Tab.EvaluateAsync<string[]>(Foreign));
        Assert.Equal(0, await page.Tab.EvaluateAsync<int>("() => window.broken ?? 0"));
    }
}
