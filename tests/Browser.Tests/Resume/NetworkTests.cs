using System.Text.Json.Nodes;
using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Resume;

/// <summary>The network goes and comes, and the text goes on where it was, in a page that nobody reloads.</summary>
[Collection(nameof(BreakingSite))]
public sealed class NetworkTests(BreakingSite site) : IDisposable
{
    private const int MostTimes = 100;
    private static readonly int Missed = Words.Text(100).Length - Words.Text(50).Length;

    [BrowserFact]
    public Task Connections_that_are_reset_in_mid_reply_are_made_again_and_nothing_is_lost_or_doubled() => site.VisitAsync(
        async page =>
        {
            var gates = Enumerable.Range(0, 5).Select(_ => new Gate()).ToArray();
            var script = gates.Index().Aggregate(
                ModelScript.Stream, (script, gate) => script.Text(Words.Pieces((gate.Index * 20) + 1, (gate.Index + 1) * 20)).Wait(gate.Item));
            site.Model.Enqueue(script.Finish().Done());
            await page.SayAsync("Count.");
            foreach (var (index, gate) in gates.Index())
            {
                await Expect(page.ReplyText).ToHaveTextAsync(Words.Text((index + 1) * 20));
                site.Network.Reset();
                gate.Open();
            }

            await page.UntilAsync("completed");
            await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(100));
            await Undisturbed.AssertSameAsync(site, page);
        },
        VisitOptions.Default.WithBreaks);

    [BrowserFact]
    public Task What_is_said_while_the_network_is_away_is_caught_up_with_and_counted() => site.VisitAsync(
        async page =>
        {
            await BreakInMidReplyAsync(page, site.Network.Cut, "reconnecting");
            site.Network.Restore();

            await AssertCaughtUpAsync(page);
        },
        VisitOptions.Default.WithBreaks);

    // EventSource gives up for ever on 503; the page does not.
    [BrowserFact]
    public Task A_load_balancer_that_has_nobody_behind_it_for_a_while_does_not_end_it() => site.VisitAsync(
        async page =>
        {
            await BreakInMidReplyAsync(page, site.Network.RefuseAsUnavailable, "reconnecting");
            site.Network.Restore();

            await AssertCaughtUpAsync(page);
        },
        VisitOptions.Default.WithBreaks);

    [BrowserFact]
    public Task Offline_it_says_so_and_online_again_it_catches_up() => site.VisitAsync(
        async page =>
        {
            await BreakInMidReplyAsync(
                page,
                async () =>
                {
                    await page.Visit.Context.SetOfflineAsync(true);

                    // Playwright's offline is told to pages, and holds for new requests; a cable that is pulled ends what is open too.
                    site.Network.Reset();
                },
                "offline");
            await page.Visit.Context.SetOfflineAsync(false);

            await AssertCaughtUpAsync(page);
        },
        VisitOptions.Default.WithBreaks);

    // Browsers say so when the last network is gone; a server on the same machine needs none.
    [BrowserFact]
    public Task Told_that_it_is_offline_it_asks_the_server() => site.VisitAsync(async page =>
    {
        await page.SayAndHearAsync("Hello.");
        await page.UntilConnectionAsync("live");
        await page.Tab.EvaluateAsync("() => { Object.defineProperty(navigator, 'onLine', { get: () => false }); dispatchEvent(new Event('offline')); }");
        await page.UntilConnectionAsync("live");
        await page.SayAndHearAsync("Still there?");
    });

    [BrowserFact]
    public Task What_the_stream_has_not_brought_is_counted_and_read_anew() => site.VisitAsync(
        async page =>
        {
            await page.Tab.RouteAsync(url => url.EndsWith("&limit=6", StringComparison.Ordinal), async route =>
            {
                var answer = await route.FetchAsync();
                var body = JsonNode.Parse(await answer.TextAsync())!;
                body["data"]![0]!["blocks"]![0] = "<p>Quite <em>another</em> one</p>";
                body["data"]![1]!["message"]!["id"] = "msg_4711";
                await route.FulfillAsync(new() { Response = answer, Body = body.ToJsonString() });
            });
            await BreakInMidReplyAsync(page, site.Network.Cut, "reconnecting");
            site.Network.Restore();

            await page.AssertCaughtUpAsync(Missed, "Quite another one".Length + "Count.\n".Length);
            await page.UntilConnectionAsync("live");
            await Undisturbed.AssertSameAsync(site, page);
        },
        VisitOptions.Default.WithBreaks);

    // Not all that happens is told in HTML: the server is ahead then, and nothing is missing.
    [BrowserFact]
    public Task A_model_that_is_silent_for_long_is_no_reason_to_connect_again_and_again() => site.VisitAsync(async page =>
    {
        var clock = page.Visit.Context.Clock;
        await clock.InstallAsync();
        await page.ReloadAsync();
        var gate = new Gate();
        site.Model.Enqueue(Words.Script(before: 10, gate, all: 20));
        await page.SayAsync("Count.");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(10));
        await page.UntilConnectionAsync("live");
        var conversation = page.ConversationId;
        var asked = 0;
        var answered = Task.CompletedTask;
        await page.Tab.RouteAsync(url => url.EndsWith(conversation, StringComparison.Ordinal), route => answered = AnswerAsync(route));
        var connections = 0;
        page.Tab.Request += (_, request) => connections += request.Url.Contains("/html/events", StringComparison.Ordinal) ? 1 : 0;
        for (var time = 0; time < MostTimes && asked < 4; time++)
        {
            await clock.RunForAsync("00:05");

            // Whatever the page asked by now was asked before this. Were the clock to run on before it is answered, the server would seem to be gone.
            await page.Tab.EvaluateAsync("fetch('/health/live')");
            await answered;
            await page.UntilConnectionAsync("live");
        }

        gate.Open();
        await page.UntilAsync("completed");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(20));
        Assert.Equal(4, asked);
        Assert.Equal(1, connections);

        async Task AnswerAsync(IRoute route)
        {
            var answer = await route.FetchAsync();
            var body = JsonNode.Parse(await answer.TextAsync())!;
            body["sequence"] = body["sequence"]!.GetValue<long>() + 1;
            await route.FulfillAsync(new() { Response = answer, Body = body.ToJsonString() });
            asked++;
        }
    });

    // Time jumps, timers with it, and what comes on the old connections is lost without a word: nothing is reset.
    [BrowserFact]
    public Task After_sleep_through_which_the_network_forgot_its_connections_it_catches_up() => site.VisitAsync(
        async page =>
        {
            await page.Visit.Context.Clock.InstallAsync();
            await page.ReloadAsync();
            await BreakInMidReplyAsync(page, site.Network.Forget, state: null);
            await page.Visit.Context.Clock.FastForwardAsync("10:00");

            await AssertCaughtUpAsync(page);
        },
        VisitOptions.Default.WithBreaks);

    // As phones do it: out of sight, and stopped at once. What is heard afterwards must not stop again.
    [BrowserFact]
    public Task Frozen_in_the_background_it_catches_up_when_it_is_back_and_stays_connected() => site.VisitAsync(
        async page =>
        {
            await page.Visit.Context.Clock.InstallAsync();
            await page.ReloadAsync();
            await BreakInMidReplyAsync(
                page,
                async () =>
                {
                    await page.HideAsync();
                    await page.Tab.EvaluateAsync("() => document.dispatchEvent(new Event('freeze'))");
                    site.Network.Forget();
                },
                state: null);
            await page.Tab.EvaluateAsync("() => document.dispatchEvent(new Event('resume'))");
            await page.ShowAsync();
            await AssertCaughtUpAsync(page);

            await page.Visit.Context.Clock.FastForwardAsync("00:15");
            await page.UntilConnectionAsync("live");
            await page.SayAndHearAsync("Still there?");
        },
        VisitOptions.Default.WithBreaks);

    [BrowserFact]
    public Task Opened_while_the_server_cannot_be_reached_it_says_so_and_begins_when_it_can() => site.VisitAsync(
        async page =>
        {
            await page.SayAndHearAsync("Hello.");
            await page.Visit.Context.RouteAsync(api => !IsPage(api), route => route.AbortAsync());
            await page.ReloadAsync();
            await Expect(page.Alert).ToContainTextAsync("cannot be reached");
            await Expect(page.Alert.GetByRole(AriaRole.Button)).ToHaveTextAsync(["Try again"]);
            await page.Visit.Context.UnrouteAllAsync();
            await page.Alert.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

            await Expect(page.Messages).ToHaveCountAsync(2);
            await Expect(page.Alert).ToBeHiddenAsync();

            // And by itself, as soon as there is a network.
            await page.Visit.Context.RouteAsync(api => !IsPage(api), route => route.AbortAsync());
            await page.ReloadAsync();
            await Expect(page.Alert).ToContainTextAsync("cannot be reached");
            await page.Visit.Context.UnrouteAllAsync();
            await page.Tab.EvaluateAsync("() => dispatchEvent(new Event('online'))");
            await Expect(page.Messages).ToHaveCountAsync(2);
            await Expect(page.Alert).ToBeHiddenAsync();
            await page.SayAndHearAsync("Again.");
        },
        VisitOptions.Default.WithBreaks);

    [BrowserFact]
    public Task A_conversation_that_opens_while_the_page_begins_once_more_does_not_bring_back_what_was_wrong() => site.VisitAsync(
        async page =>
        {
            await page.SayAndHearAsync("Hello.");
            var opening = new TaskCompletionSource();
            await page.Visit.Context.RouteAsync(
                api => !IsPage(api),
                async route =>
                {
                    if (route.Request.Url.Contains("/messages", StringComparison.Ordinal))
                    {
                        await opening.Task;
                    }

                    await route.AbortAsync();
                });
            await page.ReloadAsync();
            await Expect(page.Alert).ToContainTextAsync("cannot be reached");
            await page.Visit.Context.UnrouteAllAsync();

            var isAsked = new TaskCompletionSource();
            var beginning = new TaskCompletionSource();
            await page.Visit.Context.RouteAsync(
                api => new Uri(api).AbsolutePath == "/models",
                async route =>
                {
                    isAsked.SetResult();
                    await beginning.Task;
                    await route.ContinueAsync();
                });
            await page.Alert.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
            await isAsked.Task;
            opening.SetResult();
            await Expect(page.Messages).ToHaveCountAsync(2);
            beginning.SetResult();

            await Expect(page.Alert).ToBeHiddenAsync();
            await page.SayAndHearAsync("Again.");
        },
        VisitOptions.Default.WithBreaks);

    public void Dispose() => site.Network?.Restore();

    private Task BreakInMidReplyAsync(ChatPage page, Action breakIt, string? state) => BreakInMidReplyAsync(
        page,
        () =>
        {
            breakIt();
            return Task.CompletedTask;
        },
        state);

    // The rest of the reply, and its end, happen while the page hears nothing.
    private async Task BreakInMidReplyAsync(ChatPage page, Func<Task> breakIt, string? state)
    {
        var gate = new Gate();
        site.Model.Enqueue(Words.Script(before: 50, gate, all: 100));
        await page.SayAsync("Count.");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(50));
        await page.UntilConnectionAsync("live");
        using var reader = await site.Api.FollowAsync(page.ConversationId);
        await breakIt();
        if (state is not null)
        {
            await page.UntilConnectionAsync(state);
        }

        gate.Open();
        await reader.UntilAsync("reply.completed");
        if (state is not null)
        {
            await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(50));
        }
    }

    private async Task AssertCaughtUpAsync(ChatPage page)
    {
        await page.UntilAsync("completed");
        await Expect(page.ReplyText).ToHaveTextAsync(Words.Text(100));
        await page.AssertCaughtUpAsync(Missed);
        await page.UntilConnectionAsync("live");
        await Undisturbed.AssertSameAsync(site, page);
    }

    private static bool IsPage(string address) => new Uri(address).AbsolutePath is "/" || Path.HasExtension(new Uri(address).AbsolutePath);
}
