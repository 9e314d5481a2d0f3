using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Feel;

/// <summary>The view follows a reply, and yields to whoever reads.</summary>
[Collection(nameof(ChatSite))]
public class ScrollTests(ChatSite site)
{
    private static readonly string[] Lines = [.. Enumerable.Range(1, 80).Select(line => $"Line {line}.\n\n")];

    [BrowserFact]
    public Task It_follows_a_reply_until_the_reader_scrolls_away_and_again_when_he_comes_back() => site.VisitAsync(async page =>
    {
        var (one, two) = (new Gate(), new Gate());
        site.Model.Enqueue(ModelScript.Stream.Text(Lines[..40]).Wait(one).Text(Lines[40..60]).Wait(two).Text(Lines[60..]).Finish().Done());
        await page.SayAsync("Long, please.");
        await Expect(page.ReplyText.GetByText("Line 40.", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(page.Jump).ToBeHiddenAsync();

        await page.Scroller.HoverAsync();
        await page.Tab.Mouse.WheelAsync(0, -600);
        await Expect(page.Jump).ToBeVisibleAsync();
        var place = await PlaceAsync(page);
        one.Open();
        await Expect(page.ReplyText.GetByText("Line 60.", new() { Exact = true })).ToBeAttachedAsync();
        await Expect(page.ReplyText.GetByText("Line 60.", new() { Exact = true })).Not.ToBeInViewportAsync();
        Assert.Equal(place, await PlaceAsync(page));

        await page.Jump.ClickAsync();
        await Expect(page.ReplyText.GetByText("Line 60.", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(page.Jump).ToBeHiddenAsync();
        two.Open();
        await Expect(page.ReplyText.GetByText("Line 80.", new() { Exact = true })).ToBeInViewportAsync();
    });

    [BrowserFact]
    public Task A_conversation_that_is_opened_is_shown_at_its_end() => site.VisitAsync(async page =>
    {
        site.Model.Enqueue(ModelScript.Stream.Text(Lines).Finish().Done());
        await page.SayAndHearAsync("Long, please.");
        await page.ReloadAsync();
        await Expect(page.ReplyText.GetByText("Line 80.", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(page.Jump).ToBeHiddenAsync();
    });

    [BrowserFact]
    public Task Text_that_is_there_stands_still_while_more_comes() => site.VisitAsync(async page =>
    {
        site.Model.Enqueue(ModelScript.Stream.Text(
            "# A title\n\nSome text, and a list:\n\n", "- one\n", "- two\n\n", "```js\n", "let a = 1;\n", "```\n\n", "| a | b |\n|---|---|\n", "| 1 | 2 |\n\n", "The ", "end.").Finish().Usage(10, 9).Done());
        await page.SayAndHearAsync("Something of everything.");
        await page.SayAndHearAsync("And again.");
        await page.AssertNothingShiftedAsync();

        await page.ReloadAsync();
        await Expect(page.Messages).ToHaveCountAsync(4);
        await page.UntilConnectionAsync("live");
        await page.AssertNothingShiftedAsync();
    });

    [BrowserFact]
    public Task Older_messages_come_as_one_scrolls_up_and_what_is_read_stays_where_it_is() => site.VisitAsync(async page =>
    {
        await page.GoToConversationAsync(await ManyMessages.ImportAsync(site, 80));
        await Expect(page.Messages).ToHaveCountAsync(30);
        var hold = new TaskCompletionSource();
        await page.Tab.RouteAsync("**/html/messages?**", async route =>
        {
            await hold.Task;
            await route.ContinueAsync();
        });
        await page.Scroller.HoverAsync();
        await page.Tab.Mouse.WheelAsync(0, -100_000);
        var read = page.Replies.GetByText("Answer 26.", new() { Exact = true });
        await Expect(read).ToBeInViewportAsync();
        var place = await TopOfAsync(read);
        hold.SetResult();
        await Expect(page.Messages.Nth(30)).ToBeAttachedAsync();
        Assert.InRange(await TopOfAsync(read), place - 1, place + 1);

        await ManyMessages.ReadAllAsync(page);
        await Expect(page.Messages).ToHaveCountAsync(80);
        Assert.Equal(
            Enumerable.Range(1, 40).Select(number => $"Question {number}."),
            (await ChatPage.TextOf(page.Questions).AllInnerTextsAsync()).Select(text => text.Trim()));

        // Which one is the last has nothing to do with which was read last.
        await page.Composer.PressAsync("ArrowUp");
        await Expect(page.Tab.GetByRole(Microsoft.Playwright.AriaRole.Textbox, new() { Name = "Edit message" })).ToHaveValueAsync("Question 40.");
    });

    private static Task<double> TopOfAsync(Microsoft.Playwright.ILocator place) => place.EvaluateAsync<double>("element => element.getBoundingClientRect().top");

    private static Task<double> PlaceAsync(ChatPage page) =>
        page.ReplyText.GetByText("Line 30.", new() { Exact = true }).EvaluateAsync<double>("line => line.getBoundingClientRect().top");
}
