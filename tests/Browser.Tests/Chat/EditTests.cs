using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Chat;

/// <summary>What is written in the editor of a message is never gone: it is another version, or it is still there.</summary>
[Collection(nameof(ChatSite))]
public class EditTests(ChatSite site)
{
    [BrowserFact]
    public Task An_edit_is_shown_on_its_way_and_is_still_there_after_a_reload() => site.VisitAsync(async page =>
    {
        await page.SayAndHearAsync("As it was.");
        await page.Tab.RouteAsync(IsSending, _ => Task.CompletedTask);
        await page.Composer.PressAsync("ArrowUp");
        await Edit(page).FillAsync("Long thought of.");
        await Edit(page).PressAsync("Enter");
        await Expect(page.Button("Send edit")).ToHaveTextAsync("Sending…");
        await Expect(page.Composer).ToBeFocusedAsync();

        await page.ReloadAsync();
        await Expect(Edit(page)).ToHaveValueAsync("Long thought of.");
        await page.Tab.UnrouteAllAsync();
        await page.Button("Send edit").ClickAsync();
        await Expect(Versions(page.Questions.First)).ToContainTextAsync("2 / 2");
        await Expect(ChatPage.TextOf(page.Questions.First)).ToHaveTextAsync("Long thought of.");
        await page.UntilAsync("completed");

        await page.ReloadAsync();
        await Expect(page.Messages).ToHaveCountAsync(2);
        await page.UntilConnectionAsync("live");
        await Expect(Edit(page)).ToBeHiddenAsync();
    });

    [BrowserFact]
    public Task An_edit_that_was_carried_out_before_the_page_was_left_is_done_with() => site.VisitAsync(async page =>
    {
        await page.SayAndHearAsync("As it was.");
        await page.Tab.RouteAsync(IsSending, async route => await route.FetchAsync());
        await page.Composer.PressAsync("ArrowUp");
        await Edit(page).FillAsync("As it is.");
        await Edit(page).PressAsync("Enter");
        await Expect(Versions(page.Questions.First)).ToContainTextAsync("2 / 2");
        await page.UntilAsync("completed");
        await Expect(Edit(page)).ToBeHiddenAsync();
        await page.ReloadAsync();
        await Expect(ChatPage.TextOf(page.Questions.First)).ToHaveTextAsync("As it is.");
        await page.UntilConnectionAsync("live");
        await Expect(Edit(page)).ToBeHiddenAsync();
    });

    [BrowserFact]
    public Task An_edit_that_is_refused_is_told_wherever_one_is_and_sends_what_is_written_then() => site.VisitAsync(
        async page =>
        {
            await page.SayAndHearAsync("As it was.");
            var hold = new TaskCompletionSource();
            await page.Tab.RouteAsync(IsSending, async route =>
            {
                await hold.Task;
                await route.FulfillAsync(new() { Status = 429 });
            });
            await page.Composer.PressAsync("ArrowUp");
            await Edit(page).FillAsync("Once.");
            await Edit(page).PressAsync("Enter");
            await page.Button("New conversation").ClickAsync();
            await Expect(page.Messages).ToHaveCountAsync(0);
            hold.SetResult();
            await Expect(page.Alert).ToContainTextAsync("could not be sent");
            await page.Button("Go there").ClickAsync();
            await Expect(Edit(page)).ToHaveValueAsync("Once.");

            await page.Button("Send edit").ClickAsync();
            await Expect(page.Alert).ToBeVisibleAsync();
            await Edit(page).FillAsync("Twice.");
            await page.Tab.UnrouteAllAsync();
            await page.Alert.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
            await Expect(ChatPage.TextOf(page.Questions.First)).ToHaveTextAsync("Twice.");
            await Expect(Versions(page.Questions.First)).ToContainTextAsync("2 / 2");
        },
        VisitOptions.Default.WithStatus(429));

    [BrowserFact]
    public Task An_edit_that_is_overtaken_by_another_tab_is_kept_with_its_version() => site.VisitAsync(async page =>
    {
        await page.SayAndHearAsync("First.");
        await page.SayAndHearAsync("Second.");
        await page.Composer.PressAsync("ArrowUp");
        await Edit(page).FillAsync("Second, but better.");
        await site.Api.PostAsync($"/conversations/{page.ConversationId}/messages", new { content = "Instead.", parent = (string?)null }, System.Net.HttpStatusCode.Accepted);
        await Expect(page.Alert).ToContainTextAsync("of another version now");
        await Expect(ChatPage.TextOf(page.Questions)).ToHaveTextAsync(["Instead."]);
        await page.UntilAsync("completed");

        await page.Button("Show that version").ClickAsync();
        await Expect(Edit(page)).ToHaveValueAsync("Second, but better.");
    });

    // Each press is a request, and all of them are one.
    [BrowserFact]
    public Task Another_reply_that_is_asked_for_twice_comes_once() => site.VisitAsync(async page =>
    {
        await page.SayAndHearAsync("Which?");
        var before = site.Model.Requests.Count;
        await page.Reply.HoverAsync();
        await page.Reply.GetByRole(AriaRole.Button, new() { Name = "Regenerate" }).DblClickAsync();
        await Expect(Versions(page.Reply)).ToContainTextAsync("2 / 2");
        await page.UntilAsync("completed");
        await Expect(page.Waiting).ToHaveCountAsync(0);
        await page.Reply.HoverAsync();
        await page.Reply.GetByRole(AriaRole.Button, new() { Name = "Regenerate" }).ClickAsync();
        await Expect(Versions(page.Reply)).ToContainTextAsync("3 / 3");
        await page.UntilAsync("completed");
        Assert.Equal(2, site.Model.Requests.Skip(before).Count(request => request.Body.Contains("Which?", StringComparison.Ordinal)));
    });

    private static bool IsSending(string address) => address.EndsWith("/messages", StringComparison.Ordinal);

    private static ILocator Edit(ChatPage page) => page.Tab.GetByRole(AriaRole.Textbox, new() { Name = "Edit message" });

    private static ILocator Versions(ILocator message) => message.GetByRole(AriaRole.Group, new() { Name = "Versions" });
}
