using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Resume;

/// <summary>Several tabs, of one browser and of several.</summary>
[Collection(nameof(BreakingSite))]
public class TabsTests(BreakingSite site)
{
    [BrowserFact]
    public Task Two_tabs_show_one_conversation_whichever_of_them_is_used() => site.VisitAsync(async one =>
    {
        await one.SayAndHearAsync("From one.");
        var two = await one.Visit.OpenAsync("#/" + one.ConversationId);
        await Expect(two.Messages).ToHaveCountAsync(2);

        var gate = new Gate();
        site.Model.Enqueue(Words.Script(before: 10, gate, all: 20));
        await two.SayAsync("From two.");
        await Expect(one.Questions.Last).ToContainTextAsync("From two.");
        await Expect(one.ReplyText).ToHaveTextAsync(Words.Text(10));
        await Expect(two.ReplyText).ToHaveTextAsync(Words.Text(10));

        gate.Open();
        await Expect(one.ReplyText).ToHaveTextAsync(Words.Text(20));
        await Expect(two.ReplyText).ToHaveTextAsync(Words.Text(20));
        await one.UntilAsync("completed");
        await two.UntilAsync("completed");
        Assert.Equal(await one.ShownAsync(), await two.ShownAsync());
    });

    [BrowserFact]
    public Task What_one_tab_has_on_its_way_or_in_its_box_is_not_another_s() => site.VisitAsync(async one =>
    {
        await one.SayAndHearAsync("From one.");
        var conversation = one.ConversationId;
        await one.Tab.RouteAsync(url => url.EndsWith("/messages", StringComparison.Ordinal), _ => Task.CompletedTask);
        await one.SayAsync("On its way.");
        await Expect(one.Questions).ToHaveCountAsync(2);
        var two = await one.Visit.OpenAsync("#/" + conversation);
        await Expect(two.Questions).ToHaveCountAsync(1);
        await two.UntilConnectionAsync("live");
        await Expect(two.Composer).ToHaveValueAsync("");
        await two.Composer.FillAsync("From two.");
        await one.Composer.FillAsync("A draft of one.");
        await two.Composer.PressAsync("Enter");
        await Expect(two.Replies).ToHaveCountAsync(2);
        await two.UntilAsync("completed");

        var three = await one.Visit.OpenAsync("#/" + conversation);
        await Expect(three.Questions).ToHaveCountAsync(2);
        await three.UntilConnectionAsync("live");
        await Expect(three.Composer).ToHaveValueAsync("A draft of one.");
    });

    [BrowserFact]
    public Task What_one_tab_starts_another_stops() => site.VisitAsync(async one =>
    {
        site.Model.Enqueue(ModelScript.Stream.Text(Words.Pieces(1, 10)).Stall());
        await one.SayAsync("Count.");
        await Expect(one.ReplyText).ToHaveTextAsync(Words.Text(10));
        var two = await one.Visit.OpenAsync("#/" + one.ConversationId);
        await two.Stop.ClickAsync();

        await one.UntilAsync("cancelled");
        await two.UntilAsync("cancelled");
        await Expect(one.Stop).ToBeHiddenAsync();
        Assert.Equal(await one.ShownAsync(), await two.ShownAsync());
    });

    [BrowserFact]
    public Task A_reply_in_a_conversation_that_is_not_open_is_marked_in_every_tab() => site.VisitAsync(async one =>
    {
        var two = await one.Visit.OpenAsync();
        var gate = new Gate();
        site.Model.Enqueue(Words.Script(before: 10, gate, all: 20));
        var conversation = await site.Api.CreateAsync();
        await site.Api.SendAsync(conversation, "Count, somewhere else.");

        await Expect(one.Listed(conversation)).ToHaveAttributeAsync("data-state", "replying");
        await Expect(two.Listed(conversation)).ToHaveAttributeAsync("data-state", "replying");
        gate.Open();
        await Expect(one.Listed(conversation)).ToHaveAttributeAsync("data-state", "unread");
        await Expect(two.Listed(conversation)).ToHaveAttributeAsync("data-state", "unread");

        await one.Listed(conversation).GetByRole(Microsoft.Playwright.AriaRole.Link).ClickAsync();
        await Expect(one.ReplyText).ToHaveTextAsync(Words.Text(20));
        await Expect(one.Listed(conversation)).ToHaveAttributeAsync("data-state", "idle");
    });

    // Whoever holds the owner's feed may be closed at any time.
    [BrowserFact]
    public Task When_the_first_tab_is_closed_the_others_still_hear_of_other_conversations() => site.VisitAsync(async one =>
    {
        var two = await one.Visit.OpenAsync();
        await two.SayAndHearAsync("Hello.");
        await one.Tab.CloseAsync();

        var conversation = await site.Api.CreateAsync(new { title = "Made elsewhere" });
        await site.Api.SendAsync(conversation, "Hello.");
        await Expect(two.Listed(conversation)).ToContainTextAsync("Made elsewhere");
    });

    // Browsers open six connections per host.
    [BrowserFact]
    public Task The_eighth_tab_works_while_the_others_are_in_the_background() => site.VisitAsync(async first =>
    {
        await first.Visit.Context.Clock.InstallAsync();
        await first.SayAndHearAsync("Hello.");
        for (var tab = 2; tab < 8; tab++)
        {
            var next = await first.Visit.OpenAsync("#/" + first.ConversationId);
            await Expect(next.Messages).ToHaveCountAsync(2);
            await next.HideAsync();
            await first.Visit.Context.Clock.FastForwardAsync("00:15");
        }

        var eighth = await first.Visit.OpenAsync("#/" + first.ConversationId);
        await Expect(eighth.Messages).ToHaveCountAsync(2);
        await eighth.SayAndHearAsync("And now?");
        await Expect(first.Messages).ToHaveCountAsync(4);
    });

    [BrowserFact]
    public Task A_tab_in_the_background_lets_its_connection_go_and_catches_up_when_it_is_shown() => site.VisitAsync(async page =>
    {
        await page.Visit.Context.Clock.InstallAsync();
        await page.ReloadAsync();
        var gate = new Gate();
        site.Model.Enqueue(Words.Script(before: 50, gate, all: 100));
        await page.SayAsync("Count.");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(50));
        using var reader = await site.Api.FollowAsync(page.ConversationId);

        await page.HideAsync();
        await page.Visit.Context.Clock.FastForwardAsync("00:15");
        gate.Open();
        await reader.UntilAsync("reply.completed");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(50));

        await page.ShowAsync();
        await page.UntilAsync("completed");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(100));
        await page.AssertCaughtUpAsync(Words.Text(100).Length - Words.Text(50).Length);
        await Undisturbed.AssertSameAsync(site, page);
    });
}
