using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Resume;

/// <summary>The page is loaded anew, or left and opened again, and goes on where it was.</summary>
[Collection(nameof(BreakingSite))]
public class ReloadTests(BreakingSite site)
{
    [BrowserFact]
    public Task Reloaded_in_mid_reply_it_shows_what_there_is_and_the_reply_goes_on() => site.VisitAsync(async page =>
    {
        var gate = new Gate();
        site.Model.Enqueue(Words.Script(before: 50, gate, all: 100));
        await page.SayAsync("Count.");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(50));

        await page.ReloadAsync();
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(50));
        await Expect(page.Stop).ToBeVisibleAsync();
        await page.UntilAsync("in_progress");

        gate.Open();
        await page.UntilAsync("completed");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(100));
        await Expect(page.Messages).ToHaveCountAsync(2);
        await Undisturbed.AssertSameAsync(site, page);
    });

    [BrowserFact]
    public Task Reloaded_before_the_first_token_it_waits_on() => site.VisitAsync(async page =>
    {
        var gate = new Gate();
        site.Model.Enqueue(ModelScript.Stream.Headers().Wait(gate).Text(Words.Pieces(1, 10)).Finish().Done());
        await page.SayAsync("Count.");
        await page.UntilAsync("in_progress");

        await page.ReloadAsync();
        await page.UntilAsync("in_progress");
        await Expect(page.ReplyText).ToHaveTextAsync("");

        gate.Open();
        await page.UntilAsync("completed");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(10));
    });

    [BrowserFact]
    public Task Closed_in_mid_reply_and_opened_after_its_end_it_has_all_of_it() => site.VisitAsync(async page =>
    {
        var gate = new Gate();
        site.Model.Enqueue(Words.Script(before: 20, gate, all: 40));
        await page.SayAsync("Count.");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(20));
        var conversation = page.ConversationId;
        using var reader = await site.Api.FollowAsync(conversation);
        await page.Tab.CloseAsync();
        gate.Open();
        await reader.UntilAsync("reply.completed");

        var again = await page.Visit.OpenAsync("#/" + conversation);
        await again.UntilAsync("completed");
        await Expect(again.ReplyText).ToHaveTextAsync(Words.Text(40));
    });

    [BrowserFact]
    public Task Left_in_mid_reply_and_come_back_to_after_its_end_it_says_what_came_meanwhile() => site.VisitAsync(async page =>
    {
        var gate = new Gate();
        site.Model.Enqueue(Words.Script(before: 20, gate, all: 40));
        await page.SayAsync("Count.");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(20));
        using var reader = await site.Api.FollowAsync(page.ConversationId);
        await page.Tab.GotoAsync("about:blank");
        gate.Open();
        await reader.UntilAsync("reply.completed");

        await page.Tab.GoBackAsync();
        await page.AssertCaughtUpAsync(Words.Text(40).Length - Words.Text(20).Length);
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(40));
    });

    [BrowserFact]
    public Task A_message_that_is_on_its_way_at_a_reload_is_back_in_its_box_and_sent_once() => site.VisitAsync(async page =>
    {
        await page.SayAndHearAsync("First.");
        await page.Tab.RouteAsync(url => url.EndsWith("/messages", StringComparison.Ordinal), _ => Task.CompletedTask);
        await page.Composer.FillAsync("Second.");
        await page.Composer.PressAsync("Enter");
        await Expect(page.Questions).ToHaveCountAsync(2);
        await Expect(page.Composer).ToHaveValueAsync("");

        await page.ReloadAsync();
        await Expect(page.Composer).ToHaveValueAsync("Second.");
        await Expect(page.Questions).ToHaveCountAsync(1);
        await page.Tab.UnrouteAllAsync();
        await page.Composer.PressAsync("Enter");
        await Expect(page.Replies).ToHaveCountAsync(2);
        await page.UntilAsync("completed");
        await page.ReloadAsync();
        await Expect(page.Messages).ToHaveCountAsync(4);
        await Expect(page.Composer).ToHaveValueAsync("");
    });

    // What was asked for twice under one name is carried out once.
    [BrowserFact]
    public Task A_conversation_that_was_being_made_at_a_reload_is_made_once() => site.VisitAsync(async page =>
    {
        var before = (await site.Api.GetAsync("/conversations?limit=100")).GetProperty("data").GetArrayLength();
        var made = new TaskCompletionSource();
        await page.Tab.RouteAsync(url => url.EndsWith("/conversations", StringComparison.Ordinal), async route =>
        {
            await route.FetchAsync();
            made.SetResult();
        });
        await page.Composer.FillAsync("Count.");
        await page.Composer.PressAsync("Enter");
        await made.Task;

        await page.ReloadAsync();
        await Expect(page.Composer).ToHaveValueAsync("Count.");
        await page.Tab.UnrouteAllAsync();
        await page.Composer.PressAsync("Enter");
        await Expect(page.Replies).ToHaveCountAsync(1);
        await page.UntilAsync("completed");
        Assert.Equal(before + 1, (await site.Api.GetAsync("/conversations?limit=100")).GetProperty("data").GetArrayLength());
    });

    // Whoever waited when the messages were read may be one of them by the time that the queue is.
    [BrowserFact]
    public Task Loaded_while_a_waiting_message_has_its_turn_it_shows_that_once() => site.VisitAsync(async page =>
    {
        var gate = new Gate();
        site.Model.Enqueue(Words.Script(before: 10, gate, all: 20));
        await page.SayAsync("One.");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(10));
        await page.SayAsync("Two.");
        await Expect(page.Waiting).ToHaveCountAsync(1);
        using var reader = await site.Api.FollowAsync(page.ConversationId);
        await page.Tab.RouteAsync("**/html/messages?**", async route =>
        {
            gate.Open();
            await reader.UntilAsync("reply.completed");
            await reader.UntilAsync("reply.completed");
            await route.ContinueAsync();
        }, new() { Times = 1 });
        await page.ReloadAsync();
        await Expect(page.Replies).ToHaveCountAsync(2);
        await page.UntilAsync("completed");
        await page.UntilConnectionAsync("live");
        await Expect(page.Waiting).ToHaveCountAsync(0);
    });

    [BrowserFact]
    public Task Reloaded_again_and_again_while_a_reply_runs_it_ends_with_the_same_text() => site.VisitAsync(async page =>
    {
        var gates = Enumerable.Range(0, 8).Select(_ => new Gate()).ToArray();
        var script = gates.Index().Aggregate(
            ModelScript.Stream, (script, gate) => script.Text(Words.Pieces((gate.Index * 25) + 1, (gate.Index + 1) * 25)).Wait(gate.Item));
        site.Model.Enqueue(script.Finish().Done());
        await page.SayAsync("Count.");
        foreach (var (index, gate) in gates.Index())
        {
            await Expect(page.ReplyText).ToHaveTextAsync(Words.Text((index + 1) * 25));

            // The page is loaded while the next words come.
            gate.Open();
            await page.ReloadAsync();
        }

        await page.UntilAsync("completed");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(200));
        await Undisturbed.AssertSameAsync(site, page);
    });
}
