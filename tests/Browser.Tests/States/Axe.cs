using System.Text.Json;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Testing.Npm;

namespace OrleansChat.Browser.Tests.States;

/// <summary>axe-core, which knows most of what makes pages hard to use for people who do not see, hear or point well.</summary>
internal static class Axe
{
    private static readonly Lazy<string> Source =
        new(() => File.ReadAllText(Path.Combine(ClientPackages.Directory, "node_modules", "axe-core", "axe.min.js")));

    /// <summary>The rules that the page as it is breaks, and where.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(ChatPage page)
    {
        // By the debugger: the page's own policy would not let it in.
        var debugger = await page.Visit.Context.NewCDPSessionAsync(page.Tab);
        await debugger.SendAsync("Runtime.evaluate", new() { ["expression"] = Source.Value });
        var answer = await debugger.SendAsync("Runtime.evaluate", new()
        {
            ["expression"] =
                """
                axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.flatMap(violation => violation.nodes.map(node =>
                  `${violation.id} (${violation.impact}): ${node.target.join(' ')}: ${node.failureSummary}`)))
                """,
            ["awaitPromise"] = true,
            ["returnByValue"] = true,
        });
        await debugger.DetachAsync();
        var result = answer!.Value.GetProperty("result");
        return result.TryGetProperty("value", out var value)
            ? value.Deserialize<string[]>()!
            : throw new InvalidOperationException($"axe did not run: {answer}");
    }
}
