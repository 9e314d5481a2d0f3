using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;

namespace OrleansChat.Browser.Tests.Security;

/// <summary>What the browser would stop, if something got through all the same.</summary>
[Collection(nameof(ChatSite))]
public class PolicyTests(ChatSite site)
{
    [BrowserTheory]
    [InlineData("script of its own", "script-src", "import('data:text/javascript,window.broken=1').catch(() => {})")]
    [InlineData("script element", "require-trusted-types-for", "document.createElement('script').src = 'data:text/javascript,window.broken=1'")]
    [InlineData("string as a script", "require-trusted-types-for", "setTimeout('window.broken = 1')")]
    [InlineData("style in an attribute", "style-src-attr", "document.body.setAttribute('style', 'color: red')")]
    [InlineData("style of its own", "style-src-elem", "document.head.append(Object.assign(document.createElement('style'), { textContent: 'body { color: red }' }))")]
    [InlineData("picture from elsewhere", "img-src", "document.body.append(Object.assign(new Image(), { src: 'https://elsewhere.example/' }))")]
    [InlineData("request elsewhere", "connect-src", "fetch('https://elsewhere.example/').catch(() => {})")]
    [InlineData("frame", "frame-src", "document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://elsewhere.example/' }))")]
    [InlineData("form elsewhere", "form-action", "{ const form = document.createElement('form'); form.action = 'https://elsewhere.example/'; document.body.append(form); form.submit() }")]
    [InlineData("HTML without a policy", "require-trusted-types-for", "document.createElement('p').innerHTML = '<b>x</b>'")]
    [InlineData("policy by another name", "trusted-types", "trustedTypes.createPolicy('another', { createHTML: html => html })")]
    public Task The_page_allows_nothing_that_it_does_not_need(string what, string directive, string script) => site.VisitAsync(
        async page =>
        {
            await page.Tab.EvaluateAsync(
                """
                () => {
                  window.violations = [];
                  addEventListener('securitypolicyviolation', event => window.violations.push(event.effectiveDirective));
                }
                """);

            // As the page's own modules would run it.
            await page.Tab.EvaluateAsync($"() => {{ try {{ {script} }} catch {{ }} }}");
            await page.Tab.WaitForFunctionAsync("directive => window.violations.some(violated => violated.startsWith(directive))", directive);
            Assert.Equal(0, await page.Tab.EvaluateAsync<int>("() => window.broken ?? 0"));
        },
        VisitOptions.Default with { Complaints = ["policy violated", "Content Security Policy", "TrustedHTML", "TrustedTypePolicy", "This document requires 'Trusted", "net::ERR_"] },
        $"{nameof(The_page_allows_nothing_that_it_does_not_need)} {what}");

    [BrowserFact]
    public Task The_page_cannot_be_framed() => site.VisitAsync(
        async page =>
        {
            await using var elsewhere = await Elsewhere.StartAsync();
            var framing = await page.Visit.Context.NewPageAsync();
            await framing.GotoAsync($"http://localhost:{elsewhere.Port}/");
            await framing.RunAndWaitForConsoleMessageAsync(
                () => framing.EvaluateAsync("address => { document.body.append(Object.assign(document.createElement('iframe'), { src: address })) }", site.Network.Address.ToString()),
                new() { Predicate = message => message.Text.Contains("frame-ancestors", StringComparison.Ordinal) });
            Assert.Equal(0, await framing.Frames[^1].Locator("main").CountAsync());
        },
        VisitOptions.Default with { Complaints = ["frame-ancestors", "Refused to frame", "Framing"] });
}
