using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Feel;

/// <summary>The page on other screens, and as people have set their systems.</summary>
[Collection(nameof(ChatSite))]
public class SettingTests(ChatSite site)
{
    [BrowserFact]
    public Task On_a_phone_the_list_is_a_drawer() => site.VisitAsync(
        async page =>
        {
            var conversation = await site.Api.CreateAsync(new { title = "In the drawer" });
            var button = page.Button("Conversations");
            await Expect(button).ToHaveAttributeAsync("aria-expanded", "false");
            await Expect(page.Composer).ToBeInViewportAsync();
            await button.TapAsync();
            await Expect(button).ToHaveAttributeAsync("aria-expanded", "true");
            await Expect(page.Listed(conversation)).ToBeInViewportAsync();
            await page.Tab.Keyboard.PressAsync("Escape");
            await Expect(button).ToHaveAttributeAsync("aria-expanded", "false");
            await Expect(page.Listed(conversation)).Not.ToBeInViewportAsync();

            await button.TapAsync();
            await page.Listed(conversation).GetByRole(AriaRole.Link).TapAsync();
            await Expect(page.Heading).ToHaveTextAsync("In the drawer");
            await Expect(button).ToHaveAttributeAsync("aria-expanded", "false");
            await page.SayAndHearAsync("Hello.");
            await AssertNothingIsWiderAsync(page);

            // Its keyboard has one key for both, and a button is beside it.
            await page.Composer.FillAsync("One");
            await page.Composer.PressAsync("Enter");
            await page.Tab.Keyboard.TypeAsync("two");
            await Expect(page.Composer).ToHaveValueAsync("One\ntwo");
            await page.Composer.FillAsync("");
            await page.Questions.First.GetByRole(AriaRole.Button, new() { Name = "Edit" }).TapAsync();
            var edit = page.Tab.GetByRole(AriaRole.Textbox, new() { Name = "Edit message" });
            await edit.PressAsync("Enter");
            await page.Tab.Keyboard.TypeAsync("two");
            await Expect(edit).ToHaveValueAsync("Hello.\ntwo");
            await page.Button("Cancel").TapAsync();

            // Who goes to where he is wants to see it.
            await button.TapAsync();
            await page.Listed(conversation).GetByRole(AriaRole.Link).TapAsync();
            await Expect(button).ToHaveAttributeAsync("aria-expanded", "false");
            await Expect(page.Messages).ToHaveCountAsync(2);
            Assert.Empty(await page.Tab.EvaluateAsync<string[]>(
                """
                () => [
                  ...[...document.querySelectorAll('input, textarea, select')].filter(field => parseFloat(getComputedStyle(field).fontSize) < 16),
                  ...[...document.querySelectorAll('main button:not(.link)')].filter(button => button.checkVisibility() && Math.min(button.offsetWidth, button.offsetHeight) < 36),
                ].map(element => element.outerHTML)
                """));
        },
        VisitOptions.Phone);

    [BrowserFact]
    public Task The_drawer_stays_open_for_whoever_has_opened_it_while_the_page_was_beginning() => site.VisitAsync(
        async page =>
        {
            var hold = new TaskCompletionSource();
            await page.Tab.RouteAsync("**/models", async route =>
            {
                await hold.Task;
                await route.ContinueAsync();
            });
            await page.ReloadAsync();
            await page.Button("Conversations").TapAsync();
            await Expect(page.Button("New conversation")).ToBeFocusedAsync();
            hold.SetResult();
            await Expect(page.Tab.Locator("#welcome")).ToBeVisibleAsync();
            await Expect(page.Button("New conversation")).ToBeFocusedAsync();
            await Expect(page.Tab.Locator("#drawer")).ToHaveAttributeAsync("aria-expanded", "true");
        },
        VisitOptions.Phone);

    [BrowserTheory]
    [InlineData(320)]
    [InlineData(768)]
    [InlineData(1920)]
    public Task Nothing_is_wider_than_the_window(int width) => site.VisitAsync(
        async page =>
        {
            site.Model.Enqueue(ModelScript.Reply(
                new string('x', 300) + "\n\n```\n" + new string('y', 300) + "\n```\n\n| " + string.Join(" | ", Enumerable.Range(0, 30).Select(i => $"column {i}")) + " |\n|" + string.Concat(Enumerable.Repeat("---|", 30)) + "\n"));
            await page.SayAndHearAsync(new string('w', 300));
            await AssertNothingIsWiderAsync(page);
        },
        VisitOptions.Default with { Width = width, Height = 700 });

    [BrowserFact]
    public Task The_appearance_is_chosen_and_kept_and_follows_the_system_otherwise() => site.VisitAsync(
        async page =>
        {
            Assert.True(await IsDarkAsync(page));
            await page.Tab.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            Assert.False(await IsDarkAsync(page));
            await page.Button("Settings").ClickAsync();
            await page.Dialog("Settings").GetByRole(AriaRole.Radio, new() { Name = "Dark" }).CheckAsync();
            await page.Dialog("Settings").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(page.Dialog("Settings")).ToBeHiddenAsync();
            Assert.True(await IsDarkAsync(page));
            await page.ReloadAsync();
            await Expect(page.Composer).ToBeVisibleAsync();
            Assert.True(await IsDarkAsync(page));
        },
        VisitOptions.Default with { ColorScheme = ColorScheme.Dark });

    [BrowserFact]
    public Task With_reduced_motion_nothing_moves() => site.VisitAsync(
        async page =>
        {
            var gate = new Gate();
            site.Model.Enqueue(ModelScript.Stream.Headers().Wait(gate).Text("Still.").Wait(new Gate()));
            await page.SayAsync("Hello.");
            await page.UntilAsync("in_progress");
            Assert.Empty(await AnimationsAsync(page));
            gate.Open();
            await Expect(page.ReplyText).ToHaveTextAsync("Still.");
            Assert.Empty(await AnimationsAsync(page));
            await page.Button("Settings").ClickAsync();
            await Expect(page.Dialog("Settings")).ToBeVisibleAsync();
            Assert.Empty(await AnimationsAsync(page));
            await page.Dialog("Settings").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await page.Stop.ClickAsync();
            await page.UntilAsync("cancelled");
        },
        VisitOptions.Default with { ReducesMotion = true });

    [BrowserFact]
    public Task The_demo_model_says_that_it_is_one_and_how_to_have_another() => site.VisitAsync(async page =>
    {
        await page.Model.SelectOptionAsync("demo");
        var banner = page.Tab.GetByRole(AriaRole.Complementary, new() { Name = "Demo model" });
        await Expect(banner).ToBeVisibleAsync();
        await banner.GetByRole(AriaRole.Button, new() { Name = "Use a real model" }).ClickAsync();
        await Expect(page.Dialog("Use a real model")).ToContainTextAsync("OPENAI_API_KEY");
        await page.Tab.Keyboard.PressAsync("Escape");
        await banner.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(banner).ToBeHiddenAsync();
        await page.Model.SelectOptionAsync("scripted");
        await Expect(banner).ToBeHiddenAsync();
    });

    private static async Task<bool> IsDarkAsync(ChatPage page) => await page.Tab.EvaluateAsync<bool>(
        """
        () => {
          const canvas = new OffscreenCanvas(1, 1).getContext('2d');
          canvas.fillStyle = [document.body, document.documentElement].map(element => getComputedStyle(element).backgroundColor).find(colour => !/, 0\)|\/ 0\)/.test(colour)) ?? 'white';
          canvas.fillRect(0, 0, 1, 1);
          const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
          return r + g + b < 200;
        }
        """);

    // Of any length: a transition that takes no time is none.
    private static async Task<string[]> AnimationsAsync(ChatPage page) => await page.Tab.EvaluateAsync<string[]>(
        "() => document.getAnimations().filter(animation => animation.effect.getComputedTiming().activeDuration > 1).map(animation => animation.effect.target?.className + ' ' + (animation.animationName ?? animation.transitionProperty))");

    private static async Task AssertNothingIsWiderAsync(ChatPage page) => Assert.Empty(await page.Tab.EvaluateAsync<string[]>(
        """
        () => {
          const wide = document.scrollingElement.scrollWidth > innerWidth ? ['the page'] : [];
          for (const element of document.querySelectorAll('main, header, form, section, footer, nav')) {
            if (element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'hidden' && element.clientWidth > 0) wide.push(`${element.localName}.${element.className}`);
          }
          return wide;
        }
        """));
}
