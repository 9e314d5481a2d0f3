using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Resume;

/// <summary>Connections that die without a word while nothing is said on them; and gaps that were none.</summary>
[Collection(nameof(BreakingSite))]
public class SilenceTests(BreakingSite site)
{
    private const int MostTimes = 100;

    // Nothing is reset, and no reply runs whose silence would be noticed.
    [BrowserFact]
    public Task Connections_that_the_network_forgets_while_nothing_happens_are_noticed() => site.VisitAsync(
        async page =>
        {
            var clock = page.Visit.Context.Clock;
            await clock.InstallAsync();
            await page.ReloadAsync();
            await page.SayAndHearAsync("First.");
            await page.UntilConnectionAsync("live");
            site.Network.Forget();
            var elsewhere = await site.Api.CreateAsync(new { title = "Made while nobody listened" });
            await page.SayAsync("Second.");
            await PassAsync(clock, page.Replies, 2);
            await page.UntilAsync("completed");
            await Expect(page.Listed(elsewhere)).ToBeVisibleAsync();

            // And where nothing is to come.
            await page.UntilConnectionAsync("live");
            site.Network.Forget();
            using var reader = await site.Api.SendAndFollowAsync(page.ConversationId, "Third.");
            await reader.ToEndAsync();
            await PassAsync(clock, page.Replies, 3);
            await page.UntilAsync("completed");
            await Undisturbed.AssertSameAsync(site, page);
        },
        VisitOptions.Default.WithBreaks);

    // What was noted when the tab was left is for the page that is loaded next.
    [BrowserFact]
    public Task Where_nothing_was_missed_nothing_is_caught_up_with() => site.VisitAsync(async page =>
    {
        var gate = new Gate();
        site.Model.Enqueue(Words.Script(before: 50, gate, all: 100));
        await page.SayAsync("Count.");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(50));
        var conversation = page.ConversationId;
        await page.HideAsync();
        await page.ShowAsync();
        gate.Open();
        await page.UntilAsync("completed");
        await page.Button("New conversation").ClickAsync();
        await page.GoToConversationAsync(conversation);
        await page.UntilAsync("completed");
        await page.UntilConnectionAsync("live");
        Assert.Null(await page.Connection.GetAttributeAsync("data-caught-up"));
    });

    // What is read while a connection is broken, because somebody asks for it, was not missed either.
    [BrowserFact]
    public Task Older_messages_that_are_read_in_a_gap_are_none_of_it() => site.VisitAsync(
        async page =>
        {
            await page.GoToConversationAsync(await ManyMessages.ImportAsync(site, 60));
            var first = page.Questions.Filter(new() { HasText = "Question 1." });
            var (back, gate) = (new TaskCompletionSource(), new Gate());
            site.Model.Enqueue(Words.Script(before: 50, gate, all: 100));
            await page.SayAsync("Count.");
            await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(50));
            await page.UntilConnectionAsync("live");
            await page.Tab.RouteAsync("**/html/events?**", async route =>
            {
                await back.Task;
                await route.ContinueAsync();
            });
            site.Network.Reset();
            await page.UntilConnectionAsync("reconnecting");
            await ManyMessages.ReadAllAsync(page);
            await Expect(first).ToBeAttachedAsync();
            gate.Open();
            back.SetResult();
            await page.AssertCaughtUpAsync(Words.Text(100).Length - Words.Text(50).Length);
        },
        VisitOptions.Default.WithBreaks);

    // Time passes as timers see it, until there are so many.
    private static async Task PassAsync(IClock clock, ILocator what, int many)
    {
        for (var time = 0; time < MostTimes && await what.CountAsync() < many; time++)
        {
            await clock.RunForAsync("00:05");
        }

        await Expect(what).ToHaveCountAsync(many);
    }
}
