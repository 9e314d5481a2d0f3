using System.Text.RegularExpressions;
using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Chat;

/// <summary>What can be done with messages that are there.</summary>
[Collection(nameof(ChatSite))]
public partial class MessageTests(ChatSite site)
{
    [BrowserFact]
    public Task Another_reply_is_another_version_and_all_of_them_stay() => site.VisitAsync(async page =>
    {
        site.Model.Enqueue(ModelScript.Reply("First."), ModelScript.Reply("Second."), ModelScript.Reply("Third."));
        await page.SayAndHearAsync("Which?");
        await RegenerateAsync(page, "Second.");
        await RegenerateAsync(page, "Third.");
        await Expect(page.Messages).ToHaveCountAsync(2);
        var versions = Versions(page.Reply);
        await Expect(versions).ToContainTextAsync("3 / 3");
        await Expect(Next(versions)).ToBeDisabledAsync();

        await Previous(versions).ClickAsync();
        await Expect(page.ReplyText).ToHaveTextAsync("Second.");
        await Previous(Versions(page.Reply)).ClickAsync();
        await Expect(page.ReplyText).ToHaveTextAsync("First.");
        await Expect(Versions(page.Reply)).ToContainTextAsync("1 / 3");

        // Which one is chosen is the conversation's, not the page's.
        await page.ReloadAsync();
        await Expect(page.ReplyText).ToHaveTextAsync("First.");
        await Next(Versions(page.Reply)).ClickAsync();
        await Expect(page.ReplyText).ToHaveTextAsync("Second.");
    });

    [BrowserFact]
    public Task An_edited_message_is_a_branch_with_its_own_replies() => site.VisitAsync(async page =>
    {
        site.Model.Enqueue(ModelScript.Reply("About cats."), ModelScript.Reply("More of them."), ModelScript.Reply("About dogs."));
        await page.SayAndHearAsync("Cats?");
        await page.SayAndHearAsync("More.");
        var first = page.Questions.First;
        await first.HoverAsync();
        await first.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        var edit = page.Tab.GetByRole(AriaRole.Textbox, new() { Name = "Edit message" });
        await Expect(edit).ToHaveValueAsync("Cats?");
        await edit.FillAsync("Dogs?");
        await edit.PressAsync("Enter");

        await Expect(page.Messages).ToHaveCountAsync(2);
        await page.UntilAsync("completed");
        await Expect(page.ReplyText).ToHaveTextAsync("About dogs.");
        await Expect(Versions(page.Questions.First)).ToContainTextAsync("2 / 2");
        await Previous(Versions(page.Questions.First)).ClickAsync();
        await Expect(page.Messages).ToHaveCountAsync(4);
        await Expect(page.ReplyText).ToHaveTextAsync("More of them.");
        await Undisturbed.AssertSameAsync(site, page);
    });

    [BrowserFact]
    public Task A_branch_that_was_read_before_its_reply_ended_has_the_end() => site.VisitAsync(async page =>
    {
        var gate = new Gate();
        site.Model.Enqueue(ModelScript.Reply("About cats."), ModelScript.Stream.Text("About").Wait(gate).Text(" dogs.").Finish().Done());
        await page.SayAndHearAsync("Cats?");
        await page.Tab.RouteAsync("**/html/messages?**", async route =>
        {
            await gate.Reached;
            var early = await route.FetchAsync();
            gate.Open();
            await page.UntilAsync("completed");
            await route.FulfillAsync(new RouteFulfillOptions { Response = early });
        });
        await page.Questions.First.HoverAsync();
        await page.Questions.First.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        var edit = page.Tab.GetByRole(AriaRole.Textbox, new() { Name = "Edit message" });
        await edit.FillAsync("Dogs?");
        await edit.PressAsync("Enter");

        // What only the reading tells.
        await Expect(Versions(page.Questions.First)).ToContainTextAsync("2 / 2");
        await page.UntilAsync("completed");
        await Expect(page.ReplyText).ToHaveTextAsync("About dogs.");
    });

    [BrowserFact]
    public Task An_edit_that_cannot_be_sent_stays_in_its_editor_and_can_be_tried_again() => site.VisitAsync(
        async page =>
        {
            await page.SayAndHearAsync("As it was.");
            await page.Tab.RouteAsync(url => url.EndsWith("/messages", StringComparison.Ordinal), route => route.FulfillAsync(new() { Status = 429 }));
            await page.Composer.PressAsync("ArrowUp");
            var edit = page.Tab.GetByRole(AriaRole.Textbox, new() { Name = "Edit message" });
            await edit.FillAsync("Long thought of.");
            await edit.PressAsync("Enter");
            await Expect(page.Alert).ToBeVisibleAsync();
            await Expect(page.Alert).Not.ToContainTextAsync("below");
            await Expect(edit).ToHaveValueAsync("Long thought of.");

            await page.Tab.UnrouteAllAsync();
            await page.Alert.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
            await Expect(Versions(page.Questions.First)).ToContainTextAsync("2 / 2");
            await Expect(ChatPage.TextOf(page.Questions.First)).ToHaveTextAsync("Long thought of.");
            await Expect(edit).ToBeHiddenAsync();
        },
        VisitOptions.Default.WithStatus(429));

    [BrowserFact]
    public Task An_edit_that_is_given_up_changes_nothing() => site.VisitAsync(async page =>
    {
        await page.SayAndHearAsync("As it is.");
        await page.Questions.First.HoverAsync();
        await page.Questions.First.GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await page.Tab.GetByRole(AriaRole.Textbox, new() { Name = "Edit message" }).FillAsync("Otherwise.");
        await page.Button("Cancel").ClickAsync();
        await Expect(ChatPage.TextOf(page.Questions.First)).ToHaveTextAsync("As it is.");
        Assert.Equal(2, (await site.Api.MessagesAsync(page.ConversationId)).Count);
    });

    [BrowserFact]
    public Task A_message_is_copied_as_it_was_written_and_code_without_its_fence() => site.VisitAsync(async page =>
    {
        const string Markdown = "Look:\n\n```csharp\nvar a = 1 < 2;\nif (a) { }\n```\n\n- **one**\n";
        site.Model.Enqueue(ModelScript.Reply(Markdown));
        await page.SayAndHearAsync("Code, please.");
        await page.Reply.HoverAsync();
        await page.Reply.GetByRole(AriaRole.Button, new() { Name = "Copy message" }).ClickAsync();
        await Expect(page.Reply.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        await page.UntilClipboardAsync(Markdown);

        await page.Reply.GetByRole(AriaRole.Button, new() { Name = "Copy code" }).ClickAsync();
        await page.UntilClipboardAsync("var a = 1 < 2;\nif (a) { }\n");
    });

    [BrowserFact]
    public Task Markdown_looks_like_what_it_means_the_moment_it_is_there() => site.VisitAsync(async page =>
    {
        var gate = new Gate();
        site.Model.Enqueue(ModelScript.Stream.Text("# Title\n\nSome **bold", "** text.\n\n```js\nlet x").Wait(gate)
            .Text(" = 1;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![a picture](https://elsewhere.example/p.png)\n").Finish().Done());
        await page.SayAsync("Show me.");
        await Expect(page.ReplyText.GetByRole(AriaRole.Heading, new() { Name = "Title" })).ToBeVisibleAsync();
        await Expect(page.ReplyText.Locator("strong")).ToHaveTextAsync("bold");
        await Expect(page.ReplyText.Locator("pre code.language-js")).ToContainTextAsync("let x");
        await Expect(page.ReplyText.GetByRole(AriaRole.Button, new() { Name = "Copy code" })).ToBeVisibleAsync();

        gate.Open();
        await page.UntilAsync("completed");
        await Expect(page.ReplyText.Locator("pre code.language-js")).ToContainTextAsync("let x = 1;");
        await Expect(page.ReplyText.GetByRole(AriaRole.Cell, new() { Name = "2" })).ToBeVisibleAsync();
        await Expect(page.ReplyText.GetByRole(AriaRole.Link, new() { Name = "a picture" })).ToHaveAttributeAsync("rel", "noopener noreferrer nofollow");
        await Expect(page.ReplyText.Locator("img")).ToHaveCountAsync(0);
        await Undisturbed.AssertSameAsync(site, page);
    });

    [BrowserFact]
    public Task Thinking_and_tool_calls_are_there_for_those_who_open_them() => site.VisitAsync(async page =>
    {
        site.Model.Enqueue(ModelScript.Stream.Reasoning("Let me", " see.").Text("I see.").ToolCall(0, "call_1", "weather", "{\"city\":", "\"Oslo\"}").Finish("tool_calls").Done());
        await page.SayAndHearAsync("Think.");
        var thinking = page.Reply.Locator("details").Filter(new() { HasText = "Thinking" });
        await Expect(thinking).Not.ToHaveAttributeAsync("open", "");
        await thinking.Locator("summary").ClickAsync();
        await Expect(thinking).ToContainTextAsync("Let me see.");
        await Expect(page.ReplyText).ToHaveTextAsync("I see.");
        var call = page.Reply.Locator("details").Filter(new() { HasText = "Tool: weather" });
        await call.Locator("summary").ClickAsync();
        await Expect(call.Locator("code")).ToHaveTextAsync("{ \"city\": \"Oslo\" }");
    });

    [BrowserFact]
    public Task A_reply_says_what_it_took() => site.VisitAsync(async page =>
    {
        site.Model.Enqueue(ModelScript.Stream.Text(["A", " B", " C", " D"], TimeSpan.FromMilliseconds(120)).Finish().Usage(10, 4).Done());
        await page.SayAndHearAsync("Hello.");
        var figures = page.Reply.GetByTestId("figures");
        await Expect(figures).ToContainTextAsync("scripted");
        await Expect(figures).ToContainTextAsync("4 tokens");
        await Expect(figures).ToContainTextAsync("first token");
        await Expect(figures).ToContainTextAsync(SpeedOf());
        await figures.ClickAsync();
        await Expect(page.Reply.GetByText("10 tokens read, 4 written")).ToBeVisibleAsync();
        var conversation = page.ConversationId;

        // Messages have the same ids in every conversation.
        var other = await site.Api.CreateAsync();
        using (var reader = await site.Api.SendAndFollowAsync(other, "Hello, from elsewhere."))
        {
            await reader.ToEndAsync();
        }

        await page.GoToConversationAsync(other);
        await Expect(page.Questions).ToContainTextAsync(["from elsewhere"]);
        await Expect(figures).ToContainTextAsync("4 tokens");
        await Expect(figures).Not.ToContainTextAsync("first token");
        await page.GoToConversationAsync(conversation);
        await page.ReloadAsync();
        await Expect(figures).ToContainTextAsync("4 tokens");
        await Expect(figures).Not.ToContainTextAsync("first token");
    });

    [GeneratedRegex(@"\d+ tokens/s", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SpeedOf();

    private static ILocator Versions(ILocator message) => message.GetByRole(AriaRole.Group, new() { Name = "Versions" });

    private static ILocator Previous(ILocator versions) => versions.GetByRole(AriaRole.Button, new() { Name = "Previous version" });

    private static ILocator Next(ILocator versions) => versions.GetByRole(AriaRole.Button, new() { Name = "Next version" });

    private static async Task RegenerateAsync(ChatPage page, string expected)
    {
        await page.Reply.HoverAsync();
        await page.Reply.GetByRole(AriaRole.Button, new() { Name = "Regenerate" }).ClickAsync();
        await Expect(page.ReplyText).ToHaveTextAsync(expected);
        await page.UntilAsync("completed");
    }
}
