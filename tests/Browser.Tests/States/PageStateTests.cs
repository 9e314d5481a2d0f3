using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;

namespace OrleansChat.Browser.Tests.States;

/// <summary>
/// The page in each of its main states: light, dark, and as wide as a phone. Where <c>ORLEANSCHAT_SCREENSHOTS</c> names a directory, pictures of
/// them are kept there (<c>tests/Browser.Tests/screenshots</c>).
/// </summary>
[Collection(nameof(ShowSite))]
public class PageStateTests(ShowSite site)
{
    private const int Phone = 390;

    private static readonly (string Name, ColorScheme Scheme, int Width, int Height)[] Looks =
    [
        ("light", ColorScheme.Light, 1280, 800),
        ("dark", ColorScheme.Dark, 1280, 800),
        ("phone", ColorScheme.Light, Phone, 844),
        ("phone-dark", ColorScheme.Dark, Phone, 844),
    ];

    private static readonly string? Pictures = Environment.GetEnvironmentVariable("ORLEANSCHAT_SCREENSHOTS");

    public static TheoryData<string> States => [.. PageStates.All.Select(state => state.Name)];

    [BrowserAndPackagesTheory]
    [MemberData(nameof(States))]
    public Task Nobody_is_shut_out_whichever_state_it_is_in(string name)
    {
        var state = PageStates.All.Single(state => state.Name == name);
        var options = state.Options ?? VisitOptions.Default;
        return site.VisitAsync(
            async page =>
            {
                await state.EnterAsync(site, page);
                var violations = new List<string>();
                foreach (var (look, scheme, width, height) in Looks.Where(look => look.Width <= options.Width))
                {
                    await page.Tab.EmulateMediaAsync(new() { ColorScheme = scheme });
                    await page.Tab.SetViewportSizeAsync(width, height);
                    violations.AddRange((await Axe.ViolationsAsync(page)).Select(violation => $"{look}: {violation}"));
                    if (Pictures is { Length: > 0 })
                    {
                        await page.Tab.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{look}.png") });
                    }
                }

                Assert.Empty(violations);
            },
            options with { ReducesMotion = true },
            $"{nameof(PageStateTests)} {name}");
    }
}
