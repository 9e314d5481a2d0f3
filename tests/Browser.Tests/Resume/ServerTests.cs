using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Resume;

/// <summary>The server is killed, stopped and started again under a page that nobody reloads.</summary>
[Collection(nameof(BreakingSite))]
public sealed class ServerTests(BreakingSite site) : IDisposable
{
    [BrowserFact]
    public Task Killed_in_mid_reply_and_started_again_the_reply_goes_on_where_it_was() => site.VisitAsync(
        async page =>
        {
            site.Model.Enqueue(
                ModelScript.Stream.Text(Words.Pieces(1, 50)).Stall(),
                ModelScript.Stream.Text(Words.Pieces(51, 100)).Finish().Usage(10, 50).Done());
            await page.SayAsync("Count.");
            await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(50));

            await site.Product.KillAsync();
            await page.UntilConnectionAsync("reconnecting");
            await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(50));
            site.Network.Cut();
            await site.StartAgainAsync();
            using (var reader = await site.Api.FollowAsync(page.ConversationId))
            {
                await reader.UntilAsync("reply.completed");
            }

            site.Network.Restore();
            await page.UntilAsync("completed");
            await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(100));
            await page.AssertCaughtUpAsync(Words.Text(100).Length - Words.Text(50).Length);
            await page.UntilConnectionAsync("live");
            await Undisturbed.AssertSameAsync(site, page);
        },
        VisitOptions.Default.WithBreaks);

    // Ids begin again where the store does: they are of other messages then.
    [BrowserFact]
    public Task A_store_that_was_put_back_is_shown_as_it_is() => site.VisitAsync(
        async page =>
        {
            await page.SayAndHearAsync("First.");
            using var before = new TemporaryDirectory();
            Copy(site.DataDirectory, before.Path);
            site.Model.Enqueue(ModelScript.Reply(Words.Pieces(1, 40)));
            await page.SayAndHearAsync("Second.");
            await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(40));
            site.Network.Cut();
            await site.Product.KillAsync();
            Directory.Delete(site.DataDirectory, recursive: true);
            Copy(before.Path, site.DataDirectory);
            await site.StartAgainAsync();
            using (var reader = await site.Api.SendAndFollowAsync(page.ConversationId, "Instead."))
            {
                await reader.ToEndAsync();
            }

            site.Network.Restore();
            await Expect(page.Questions.Last).ToContainTextAsync("Instead.");
            await Undisturbed.AssertSameAsync(site, page);
            await page.SayAndHearAsync("Third.");
        },
        VisitOptions.Default.WithBreaks.WithStatus(410));

    [BrowserFact]
    public Task A_reply_that_begins_anew_replaces_what_was_there() => site.VisitAsync(
        async page =>
        {
            site.Model.Enqueue(ModelScript.Stream.Text("# An answer\n\nthat nobody will ever", " see").Stall(), ModelScript.Reply(Words.Pieces(1, 20)));
            await page.GoToConversationAsync(await site.Api.CreateAsync(new { model = "restarting" }));
            await page.SayAsync("Count.");
            await Expect(page.ReplyText).ToContainTextAsync("see");

            await site.Product.KillAsync();
            await site.StartAgainAsync();

            await page.UntilAsync("completed");
            await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(20));
            await Undisturbed.AssertSameAsync(site, page);
        },
        VisitOptions.Default.WithBreaks);

    [BrowserFact]
    public Task A_reply_that_cannot_go_on_says_so_and_can_be_tried_again() => site.VisitAsync(
        async page =>
        {
            site.Model.Enqueue(ModelScript.Stream.Text("Half of").Stall(), ModelScript.Reply("All of it."));
            await page.GoToConversationAsync(await site.Api.CreateAsync(new { model = "interrupting" }));
            await page.SayAsync("Tell me.");
            await Expect(page.ReplyText).ToHaveTextAsync("Half of");

            await site.Product.KillAsync();
            await site.StartAgainAsync();

            await page.UntilAsync("interrupted");
            await Expect(page.ReplyText).ToHaveTextAsync("Half of");
            var card = page.Reply.GetByRole(AriaRole.Group, new() { Name = "Reply interrupted" });
            await card.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
            await page.UntilAsync("completed");
            await Expect(page.ReplyText).ToHaveTextAsync("All of it.");
        },
        VisitOptions.Default.WithBreaks);

    [BrowserFact]
    public Task A_message_that_finds_no_server_is_still_there_and_is_sent_once_when_tried_again() => site.VisitAsync(
        async page =>
        {
            await page.SayAndHearAsync("First.");
            await site.Product.KillAsync();

            await page.Composer.FillAsync("Second.");
            await page.Send.ClickAsync();
            await Expect(page.Alert).ToBeVisibleAsync();
            await Expect(page.Composer).ToHaveValueAsync("Second.");

            await site.StartAgainAsync();
            await page.Alert.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
            await Expect(page.Questions).ToHaveCountAsync(2);
            await Expect(page.Replies).ToHaveCountAsync(2);
            await page.UntilAsync("completed");
            await Expect(page.Alert).ToBeHiddenAsync();
            await Expect(page.Composer).ToHaveValueAsync("");
            Assert.Equal(4, (await site.Api.MessagesAsync(page.ConversationId)).Count);
        },
        VisitOptions.Default.WithBreaks);

    // The answer is lost, not the request: the same message, asked for twice, is one message.
    [BrowserFact]
    public Task A_message_whose_answer_is_lost_is_sent_once() => site.VisitAsync(
        async page =>
        {
            await page.SayAndHearAsync("First.");
            var lost = 0;
            await page.Tab.RouteAsync("**/messages", async route =>
            {
                if (route.Request.Method == "POST" && Interlocked.Exchange(ref lost, 1) == 0)
                {
                    await route.FetchAsync();
                    await route.AbortAsync("connectionreset");
                }
                else
                {
                    await route.ContinueAsync();
                }
            });
            await page.Composer.FillAsync("Second.");
            await page.Composer.PressAsync("Enter");

            // It comes by the conversation's events, whatever became of the answer; whoever tries again gets the same one.
            await Expect(page.Questions).ToHaveCountAsync(2);
            var again = page.Alert.GetByRole(AriaRole.Button, new() { Name = "Try again" });
            if (await again.IsVisibleAsync())
            {
                await again.ClickAsync();
            }

            await Expect(page.Replies).ToHaveCountAsync(2);
            await page.UntilAsync("completed");
            await Expect(page.Alert).ToBeHiddenAsync();
            Assert.Equal(1, lost);
            Assert.Equal(4, (await site.Api.MessagesAsync(page.ConversationId)).Count);
        },
        VisitOptions.Default.WithBreaks);

    [BrowserFact]
    public Task Stopped_and_started_again_it_goes_on_without_a_word() => site.VisitAsync(
        async page =>
        {
            await page.SayAndHearAsync("First.");
            await site.Product.StopAsync();
            await site.StartAgainAsync();

            await page.UntilConnectionAsync("live");
            await page.SayAndHearAsync("Second.");
            await Expect(page.Messages).ToHaveCountAsync(4);
            await Expect(page.Alert).ToBeHiddenAsync();
        },
        VisitOptions.Default.WithBreaks);

    public void Dispose() => site.Network?.Restore();

    private static void Copy(string from, string to)
    {
        // The lock is whose it is.
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != ".lock"))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
