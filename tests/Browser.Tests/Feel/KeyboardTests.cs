using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Feel;

/// <summary>Everything that a mouse does, keys do.</summary>
[Collection(nameof(ChatSite))]
public class KeyboardTests(ChatSite site)
{
    private const int MostStops = 40;

    [BrowserFact]
    public Task Every_control_is_reached_by_tab_and_seen_when_it_is() => site.VisitAsync(async page =>
    {
        var conversation = await site.Api.CreateAsync(new { title = "By keys alone" });
        await page.GoToConversationAsync(conversation);
        site.Model.Enqueue(ModelScript.Reply("First."), ModelScript.Reply("```js\nlet second;\n```"));
        await page.SayAndHearAsync("Which?");
        await FocusByTabAsync(page, page.Composer, "Shift+Tab", AriaRole.Button, "Regenerate");
        await page.Tab.Keyboard.PressAsync("Enter");
        await Expect(page.ReplyText).ToContainTextAsync("second");
        await page.UntilAsync("completed");

        foreach (var name in new[] { "Copy message", "Copy code", "Regenerate", "Previous version", "Edit" })
        {
            await FocusByTabAsync(page, page.Composer, "Shift+Tab", AriaRole.Button, name);
        }

        await FocusByTabAsync(page, page.Composer, "Tab", AriaRole.Combobox, "Model");
        await FocusByTabAsync(page, page.Scroller, "Shift+Tab", AriaRole.Button, "Settings");
        await FocusByTabAsync(page, page.Button("New conversation"), "Tab", AriaRole.Searchbox, "Search conversations");
        await FocusByTabAsync(page, page.Search, "Tab", AriaRole.Link, "By keys alone");
        await FocusByTabAsync(page, page.Search, "Tab", AriaRole.Button, "Options for By keys alone");
    });

    [BrowserFact]
    public Task The_focus_stays_where_a_message_gives_way_to_another() => site.VisitAsync(async page =>
    {
        site.Model.Enqueue(ModelScript.Reply("First."), ModelScript.Reply("Second."), ModelScript.Reply("Third."));
        await page.SayAndHearAsync("Which?");
        foreach (var text in new[] { "Second.", "Third." })
        {
            await page.Button("Regenerate").FocusAsync();
            await page.Tab.Keyboard.PressAsync("Enter");
            await Expect(page.ReplyText).ToHaveTextAsync(text);
            await page.UntilAsync("completed");
            await Expect(page.Reply).ToBeFocusedAsync();
        }

        await page.Button("Previous version").FocusAsync();
        await page.Tab.Keyboard.PressAsync("Enter");
        await Expect(page.ReplyText).ToHaveTextAsync("Second.");
        await Expect(page.Button("Previous version")).ToBeFocusedAsync();
        await page.Tab.Keyboard.PressAsync("Enter");
        await Expect(page.ReplyText).ToHaveTextAsync("First.");

        // There is none before that.
        await Expect(page.Button("Next version")).ToBeFocusedAsync();
    });

    [BrowserFact]
    public Task Who_goes_on_by_keys_while_a_conversation_is_read_stays_where_he_is() => site.VisitAsync(async page =>
    {
        var conversation = await site.Api.CreateAsync(new { title = "Slowly read" });
        var reading = new TaskCompletionSource();
        await page.Visit.Context.RouteAsync(
            api => new Uri(api).AbsolutePath == $"/conversations/{conversation}/html/messages",
            async route =>
            {
                await reading.Task;
                await route.ContinueAsync();
            });
        await page.GoToConversationAsync(conversation);
        var button = page.Button("Options for Slowly read");
        await button.FocusAsync();
        reading.SetResult();
        await page.UntilConnectionAsync("live");
        await Expect(button).ToBeFocusedAsync();

        await page.Tab.Keyboard.PressAsync("Enter");
        await Expect(MenuItem(page, "Rename")).ToBeFocusedAsync();
    });

    [BrowserFact]
    public Task A_menu_is_gone_through_with_arrows_and_gives_the_focus_back() => site.VisitAsync(async page =>
    {
        var conversation = await site.Api.CreateAsync(new { title = "Menu by keys" });
        await page.GoToConversationAsync(conversation);
        var button = page.Button("Options for Menu by keys");
        await button.FocusAsync();
        await page.Tab.Keyboard.PressAsync("Enter");
        await Expect(MenuItem(page, "Rename")).ToBeFocusedAsync();
        await page.Tab.Keyboard.PressAsync("ArrowDown");
        await Expect(MenuItem(page, "Export as Markdown")).ToBeFocusedAsync();
        await page.Tab.Keyboard.PressAsync("End");
        await Expect(MenuItem(page, "Delete")).ToBeFocusedAsync();
        await page.Tab.Keyboard.PressAsync("Escape");
        await Expect(MenuItem(page, "Delete")).ToBeHiddenAsync();
        await Expect(button).ToBeFocusedAsync();

        await page.Tab.Keyboard.PressAsync("Enter");
        await page.Tab.Keyboard.PressAsync("End");
        await page.Tab.Keyboard.PressAsync("Enter");
        var dialog = page.Dialog("Delete this conversation?");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();

        // The focus stays within it.
        for (var turn = 0; turn < 5; turn++)
        {
            await page.Tab.Keyboard.PressAsync("Tab");
            Assert.True(await page.Tab.EvaluateAsync<bool>("() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null"));
        }

        await page.Tab.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(button).ToBeFocusedAsync();
    });

    [BrowserFact]
    public Task Shortcuts_lead_to_the_search_and_to_a_new_conversation() => site.VisitAsync(async page =>
    {
        await page.SayAndHearAsync("Hello.");
        await page.Tab.Keyboard.PressAsync("Control+K");
        await Expect(page.Search).ToBeFocusedAsync();
        await page.Tab.Keyboard.PressAsync("Control+Shift+O");
        await Expect(page.Composer).ToBeFocusedAsync();
        await Expect(page.Messages).ToHaveCountAsync(0);
        Assert.Equal("", page.ConversationId);
    });

    [BrowserFact]
    public Task The_settings_are_made_by_keys() => site.VisitAsync(async page =>
    {
        await page.Button("Settings").FocusAsync();
        await page.Tab.Keyboard.PressAsync("Enter");
        var dialog = page.Dialog("Settings");
        await Expect(dialog).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Textbox, new() { Name = "System prompt" }).FillAsync("Be brief.");
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Dark" }).FocusAsync();
        await page.Tab.Keyboard.PressAsync("Space");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).FocusAsync();
        await page.Tab.Keyboard.PressAsync("Enter");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(page.Button("Settings")).ToBeFocusedAsync();

        await page.SayAndHearAsync("Hello.");
        Assert.Equal("Be brief.", (await site.Api.GetAsync($"/conversations/{page.ConversationId}")).GetProperty("system").GetString());
        Assert.Contains("Be brief.", site.Model.Requests[^1].Body, StringComparison.Ordinal);
        await page.ReloadAsync();
        Assert.Equal("dark", await page.Tab.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).colorScheme"));
    });

    [BrowserFact]
    public Task The_focus_stays_where_one_chooses_or_types() => site.VisitAsync(async page =>
    {
        await Expect(page.Composer).ToBeFocusedAsync();
        await page.Model.FocusAsync();
        await page.Tab.Keyboard.PressAsync("ArrowDown");
        await page.Tab.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Model).ToBeFocusedAsync();
        await Expect(page.Model).ToHaveValueAsync("interrupting");

        var hold = new TaskCompletionSource();
        await page.Tab.RouteAsync("**/html/messages?**", async route =>
        {
            await hold.Task;
            await route.ContinueAsync();
        });
        var conversation = await site.Api.CreateAsync(new { title = "Read slowly" });
        await page.GoToConversationAsync(conversation);
        await page.Tab.Keyboard.PressAsync("Control+K");
        await page.Tab.Keyboard.TypeAsync("sl");
        hold.SetResult();
        await Expect(page.Heading).ToHaveTextAsync("Read slowly");
        await page.UntilConnectionAsync("live");
        await page.Tab.Keyboard.TypeAsync("owly");
        await Expect(page.Search).ToHaveValueAsync("slowly");
    });

    [BrowserFact]
    public Task The_system_prompt_is_of_what_was_open_when_it_was_read() => site.VisitAsync(async page =>
    {
        var one = await site.Api.CreateAsync(new { title = "One", system = "Be one.\r\nTwo lines." });
        var two = await site.Api.CreateAsync(new { title = "Two", system = "Be two." });
        await page.GoToConversationAsync(one);
        await Expect(page.Heading).ToHaveTextAsync("One");
        var hold = new TaskCompletionSource();
        await page.Tab.RouteAsync("**/html/messages?**", async route =>
        {
            await hold.Task;
            await route.ContinueAsync();
        });
        await page.GoToConversationAsync(two);
        await page.Button("Settings").ClickAsync();
        var dialog = page.Dialog("Settings");
        var box = dialog.GetByRole(AriaRole.Textbox, new() { Name = "System prompt" });
        await Expect(box).ToBeDisabledAsync();
        hold.SetResult();
        await Expect(box).ToHaveValueAsync("Be two.");
        await Expect(box).ToBeEnabledAsync();

        // Neither to another place, nor into what is there then.
        await page.Tab.Keyboard.PressAsync("Control+Shift+O");
        await page.Tab.Keyboard.PressAsync("Control+K");
        Assert.Equal(two, page.ConversationId);
        await page.Tab.GoBackAsync();
        await Expect(page.Heading).ToHaveTextAsync("One");
        await box.FillAsync("Be two, but better.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Waiting.ForAsync(async () => await SystemOfAsync(two) == "Be two, but better.");
        await page.Button("Settings").ClickAsync();
        await Expect(box).ToHaveValueAsync("Be one.\nTwo lines.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await page.SayAndHearAsync("Hello.");
        Assert.Equal("Be one.\r\nTwo lines.", await SystemOfAsync(one));
    });

    private async Task<string?> SystemOfAsync(string conversation) => (await site.Api.GetAsync($"/conversations/{conversation}")).GetProperty("system").GetString();

    private static ILocator MenuItem(ChatPage page, string name) => page.Tab.GetByRole(AriaRole.Menuitem, new() { Name = name });

    // Further and further, until it is there; and then something has to be seen of it.
    private static async Task FocusByTabAsync(ChatPage page, ILocator from, string key, AriaRole role, string name)
    {
        var wanted = page.Tab.GetByRole(role, new() { Name = name, Exact = true });
        await from.FocusAsync();
        for (var stop = 0; stop < MostStops; stop++)
        {
            await page.Tab.Keyboard.PressAsync(key);
            if (!await wanted.EvaluateAllAsync<bool>("elements => elements.includes(document.activeElement)"))
            {
                continue;
            }

            var focused = page.Tab.Locator(":focus");
            await Expect(focused).ToBeInViewportAsync();
            Assert.True(
                await focused.EvaluateAsync<bool>(
                    """
                    element => [element, element.parentElement, element.closest('form, li')].some(place => {
                      const style = place && getComputedStyle(place);
                      return style && ((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none');
                    })
                    """),
                $"{role} '{name}' is not seen to have the focus.");
            return;
        }

        Assert.Fail($"{role} '{name}' is not reached by {key}.");
    }
}
