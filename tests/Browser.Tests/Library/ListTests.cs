using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Library;

/// <summary>The list of conversations.</summary>
[Collection(nameof(ChatSite))]
public class ListTests(ChatSite site)
{
    [BrowserFact]
    public Task A_title_appears_by_itself_everywhere() => site.VisitAsync(async page =>
    {
        await page.SayAndHearAsync("Why is the sky blue?");
        await Expect(page.Heading).Not.ToHaveTextAsync("New conversation");
        var title = await page.Heading.InnerTextAsync();
        Assert.Equal(title, (await site.Api.GetAsync($"/conversations/{page.ConversationId}")).GetProperty("title").GetString());
        await Expect(page.Tab).ToHaveTitleAsync($"{title} · OrleansChat");
        await Expect(Link(page, page.ConversationId)).ToContainTextAsync(title);
        await Expect(Link(page, page.ConversationId)).ToHaveAttributeAsync("aria-current", "page");
    });

    [BrowserFact]
    public Task A_conversation_is_renamed_in_place() => site.VisitAsync(async page =>
    {
        var conversation = await site.Api.CreateAsync(new { title = "Before" });
        await page.GoToConversationAsync(conversation);
        await Expect(page.Heading).ToHaveTextAsync("Before");
        await OptionAsync(page, "Before", "Rename");
        var box = page.Tab.GetByRole(AriaRole.Textbox, new() { Name = "Title" });
        await Expect(box).ToBeFocusedAsync();
        await box.FillAsync("Never");
        await box.PressAsync("Escape");
        await Expect(box).ToBeHiddenAsync();
        await Expect(page.Heading).ToHaveTextAsync("Before");

        await OptionAsync(page, "Before", "Rename");
        await box.FillAsync("After & <b>all</b>");
        await box.PressAsync("Enter");
        await Expect(page.Heading).ToHaveTextAsync("After & <b>all</b>");
        await Expect(Link(page, conversation)).ToHaveTextAsync("After & <b>all</b>");
        Assert.Equal("After & <b>all</b>", (await site.Api.GetAsync($"/conversations/{conversation}")).GetProperty("title").GetString());
    });

    [BrowserFact]
    public Task A_conversation_is_deleted_after_asking() => site.VisitAsync(
        async page =>
        {
            var kept = await site.Api.CreateAsync(new { title = "To be kept" });
            var gone = await site.Api.CreateAsync(new { title = "To be deleted" });
            await page.GoToConversationAsync(gone);
            await OptionAsync(page, "To be deleted", "Delete");
            var dialog = page.Dialog("Delete this conversation?");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
            await Expect(dialog).ToBeHiddenAsync();
            await Expect(page.Listed(gone)).ToBeVisibleAsync();

            await OptionAsync(page, "To be deleted", "Delete");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
            await Expect(page.Listed(gone)).ToHaveCountAsync(0);
            await Expect(page.Listed(kept)).ToBeVisibleAsync();
            await site.Api.GetAsync($"/conversations/{gone}", System.Net.HttpStatusCode.NotFound);

            // The page is at a new conversation then, ready to write.
            await Expect(page.Heading).ToHaveTextAsync("New conversation");
            await Expect(page.Messages).ToHaveCountAsync(0);
        },
        VisitOptions.Default.WithStatus(404));

    [BrowserFact]
    public Task Conversations_are_found_by_what_was_said_in_them() => site.VisitAsync(async page =>
    {
        var conversation = await site.Api.CreateAsync(new { title = "About fruit" });
        using (var reader = await site.Api.SendAndFollowAsync(conversation, "Is a pomegranate a berry? <i>Really?</i>"))
        {
            await reader.ToEndAsync();
        }

        await page.Tab.Keyboard.PressAsync("Control+K");
        await Expect(page.Search).ToBeFocusedAsync();
        await page.Search.FillAsync("pomegranate");
        await Expect(page.Sidebar.Locator("mark").First).ToHaveTextAsync("pomegranate", new() { IgnoreCase = true });
        await Expect(page.Tab.GetByRole(AriaRole.Status, new() { Name = "Search results" })).ToContainTextAsync("1");
        await page.Sidebar.GetByRole(AriaRole.Link).Filter(new() { HasText = "About fruit" }).First.ClickAsync();
        await Expect(page.Heading).ToHaveTextAsync("About fruit");
        await Expect(page.Questions.First).ToBeInViewportAsync();
        await Expect(page.Questions.First).ToHaveAttributeAsync("data-found", "");
        await Expect(page.Questions.First).Not.ToHaveAttributeAsync("data-found", "");
        await page.Sidebar.GetByRole(AriaRole.Link).Filter(new() { HasText = "About fruit" }).First.ClickAsync();
        await Expect(page.Questions.First).ToHaveAttributeAsync("data-found", "");

        await page.Search.FillAsync("nothing of the kind");
        await Expect(page.Tab.GetByRole(AriaRole.Status, new() { Name = "Search results" })).ToContainTextAsync("No");
        await page.Search.FillAsync("");
        await Expect(page.Listed(conversation)).ToBeVisibleAsync();
    });

    [BrowserFact]
    public Task What_is_found_is_renamed_and_deleted_where_it_is_found() => site.VisitAsync(
        async page =>
        {
            var found = new Dictionary<string, string>();
            foreach (var title in new[] { "Found first", "Found second", "Found third" })
            {
                found[title] = await site.Api.CreateAsync(new { title });
                using var reader = await site.Api.SendAndFollowAsync(found[title], "What is a quince good for?");
                await reader.ToEndAsync();
            }

            await page.Search.FillAsync("quince");
            await Expect(page.Sidebar.Locator("mark")).ToHaveCountAsync(3);
            await OptionAsync(page, "Found first", "Rename");
            var box = page.Tab.GetByRole(AriaRole.Textbox, new() { Name = "Title" });
            await Expect(box).ToHaveValueAsync("Found first");
            await box.FillAsync("Called otherwise");
            await box.PressAsync("Enter");
            await Expect(Link(page, found["Found first"])).ToContainTextAsync("Called otherwise");

            await site.Api.SendAsync(HttpMethod.Delete, $"/conversations/{found["Found third"]}", System.Net.HttpStatusCode.NoContent);
            await Expect(page.Listed(found["Found third"])).ToHaveCountAsync(0);

            await OptionAsync(page, "Found second", "Delete");
            var dialog = page.Dialog("Delete this conversation?");
            await Expect(dialog).ToContainTextAsync("Found second");
            var lost = 0;
            await page.Tab.RouteAsync(url => url.EndsWith(found["Found second"], StringComparison.Ordinal), async route =>
            {
                // Carried out, and answered with nothing; asked again, it is not there.
                if (route.Request.Method != "DELETE" || Interlocked.Exchange(ref lost, 1) == 1)
                {
                    await route.ContinueAsync();
                    return;
                }

                await route.FetchAsync();
                await route.AbortAsync("connectionreset");
            });
            await page.Tab.RunAndWaitForResponseAsync(
                () => dialog.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync(),
                response => response.Request.Method == "DELETE" && response.Status == 404);
            await Expect(page.Listed(found["Found second"])).ToHaveCountAsync(0);
            await Expect(page.Listed(found["Found first"])).ToBeVisibleAsync();
            await Expect(page.Alert).ToBeHiddenAsync();
        },
        VisitOptions.Default.WithStatus(404).WithBreaks);

    [BrowserFact]
    public Task What_is_found_in_another_version_is_said_to_be_there_and_shown_on_demand() => site.VisitAsync(async page =>
    {
        site.Model.Enqueue(ModelScript.Reply("A medlar is best when it is rotten."), ModelScript.Reply("Something else."));
        await page.SayAndHearAsync("Tell me.");
        await page.Reply.HoverAsync();
        await page.Reply.GetByRole(AriaRole.Button, new() { Name = "Regenerate" }).ClickAsync();
        await Expect(page.ReplyText).ToHaveTextAsync("Something else.");
        await page.UntilAsync("completed");
        await page.Search.FillAsync("medlar");
        await page.Sidebar.GetByRole(AriaRole.Link).Filter(new() { Has = page.Tab.Locator("mark") }).First.ClickAsync();
        await Expect(page.Alert).ToContainTextAsync("another version");
        await page.Button("Show that version").ClickAsync();
        await Expect(page.ReplyText).ToContainTextAsync("medlar");
    });

    [BrowserFact]
    public Task A_conversation_is_exported_as_markdown() => site.VisitAsync(async page =>
    {
        await page.SayAndHearAsync("Write this down.");
        await site.Api.SendAsync(HttpMethod.Patch, $"/conversations/{page.ConversationId}", body: new { title = "For export" });
        await Expect(page.Heading).ToHaveTextAsync("For export");
        var download = await page.Tab.RunAndWaitForDownloadAsync(() => OptionAsync(page, "For export", "Export as Markdown"));
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.EndsWith(".md", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Contains("Write this down.", text, StringComparison.Ordinal);
        Assert.Contains("Hello, world!", text, StringComparison.Ordinal);
    });

    [BrowserFact]
    public Task What_happens_elsewhere_is_in_the_list_at_once() => site.VisitAsync(async page =>
    {
        var conversation = await site.Api.CreateAsync(new { title = "Made elsewhere" });
        await Expect(Link(page, conversation)).ToHaveTextAsync("Made elsewhere");
        var gate = new Gate();
        site.Model.Enqueue(ModelScript.Stream.Text("Well").Wait(gate).Finish().Done());
        await site.Api.SendAsync(conversation, "Hello.");
        await Expect(Link(page, conversation)).ToHaveAccessibleNameAsync("Made elsewhere, replying");
        gate.Open();
        await Expect(Link(page, conversation)).ToHaveAccessibleNameAsync("Made elsewhere, new reply");

        await Link(page, conversation).ClickAsync();
        await Expect(page.ReplyText).ToHaveTextAsync("Well");
        await Expect(Link(page, conversation)).ToHaveAccessibleNameAsync("Made elsewhere");
        await site.Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}", System.Net.HttpStatusCode.NoContent);
        await Expect(page.Listed(conversation)).ToHaveCountAsync(0);
    }, VisitOptions.Default.WithStatus(404));

    [BrowserFact]
    public Task Back_and_forward_go_through_conversations() => site.VisitAsync(async page =>
    {
        var (one, two) = (await site.Api.CreateAsync(new { title = "One" }), await site.Api.CreateAsync(new { title = "Two" }));
        await Link(page, one).ClickAsync();
        await Expect(page.Heading).ToHaveTextAsync("One");
        await Link(page, two).ClickAsync();
        await Expect(page.Heading).ToHaveTextAsync("Two");
        await page.Tab.GoBackAsync();
        await Expect(page.Heading).ToHaveTextAsync("One");
        await page.Tab.GoForwardAsync();
        await Expect(page.Heading).ToHaveTextAsync("Two");
    });

    [BrowserFact]
    public Task A_long_list_goes_on_when_it_is_scrolled() => site.VisitAsync(async page =>
    {
        var first = await site.Api.CreateAsync(new { title = "The oldest of many" });
        for (var count = 0; count < 120; count++)
        {
            await site.Api.CreateAsync(new { title = $"One of many {count}" });
        }

        await page.ReloadAsync();
        await Expect(page.Sidebar.GetByText("One of many 119", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.Listed(first)).ToHaveCountAsync(0);
        while (await page.Listed(first).CountAsync() == 0)
        {
            var items = page.Sidebar.GetByRole(AriaRole.Listitem);
            var before = await items.CountAsync();
            await items.Last.ScrollIntoViewIfNeededAsync();
            await Expect(items.Nth(before)).ToBeAttachedAsync();
        }

        await Expect(page.Listed(first)).ToHaveCountAsync(1);
    });

    private static ILocator Link(ChatPage page, string conversation) => page.Listed(conversation).GetByRole(AriaRole.Link);

    private static async Task OptionAsync(ChatPage page, string title, string option)
    {
        var button = page.Sidebar.GetByRole(AriaRole.Button, new() { Name = $"Options for {title}", Exact = true });
        await button.HoverAsync();
        await button.ClickAsync();
        await page.Tab.GetByRole(AriaRole.Menuitem, new() { Name = option }).ClickAsync();
    }
}
