using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.States;

/// <summary>The main states of the page.</summary>
internal static class PageStates
{
    private const string Question = "Why is the sky blue, and how would I draw it?";

    private static readonly string[] Answer =
    [
        "Sunlight is a mix of all colours, and air scatters the **short waves** much more than the long ones (*Rayleigh scattering*):\n\n",
        "| colour | wavelength | scattered |\n|---|---:|---:|\n| red | 700 nm | 1 |\n| green | 530 nm | 3 |\n| blue | 460 nm | 5 |\n\n",
        "Drawn from the horizon up:\n\n```js\nconst sky = canvas.getContext(\"2d\");\nconst light = sky.createLinearGradient(0, 0, 0, height);\nlight.addColorStop(0, \"#2a6fdb\"); // overhead\nlight.addColorStop(1, \"#cfe6ff\"); // far away\nsky.fillStyle = light;\nsky.fillRect(0, 0, width, height);\n```\n\n",
        "Three things to try next:\n\n1. Move the sun down, and let the red through.\n2. Add haze, which scatters *every* colour alike.\n3. Read about [the blue hour](https://en.wikipedia.org/wiki/Blue_hour).\n",
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PageState> All { get; } =
    [
        new("new", (_, page) => Expect(page.Composer).ToBeFocusedAsync()),
        new("demo", async (_, page) =>
        {
            await page.Model.SelectOptionAsync("demo");
            await Expect(page.Tab.GetByRole(AriaRole.Complementary, new() { Name = "Demo model" })).ToBeVisibleAsync();
        }),
        new("conversation", AnsweredAsync),
        new("replying", async (site, page) =>
        {
            site.Model.Enqueue(ModelScript.Stream.Reasoning("They want physics and a drawing.").Text(Answer[..2]).Text("Drawn from").Wait(new Gate()));
            await page.SayAsync(Question);
            await Expect(page.ReplyText).ToContainTextAsync("Drawn from");
            await page.SayAsync("And at night?");
            await Expect(page.Waiting).ToHaveCountAsync(1);
        }),
        new("versions", async (site, page) =>
        {
            await AnsweredAsync(site, page);
            site.Model.Enqueue(ModelScript.Reply("Because air scatters blue light more than red."));
            await page.Reply.HoverAsync();
            await page.Reply.GetByRole(AriaRole.Button, new() { Name = "Regenerate" }).ClickAsync();
            await Expect(page.Reply.GetByRole(AriaRole.Group, new() { Name = "Versions" })).ToContainTextAsync("2 / 2");
            await page.UntilAsync("completed");
        }),
        new("editing", async (site, page) =>
        {
            await AnsweredAsync(site, page);
            await page.Composer.PressAsync("ArrowUp");
            await Expect(page.Tab.GetByRole(AriaRole.Textbox, new() { Name = "Edit message" })).ToBeFocusedAsync();
        }),
        new("failed", async (site, page) =>
        {
            site.Model.Enqueue(ModelScript.Stream.Text(Answer[0]).Error("overloaded"));
            await page.SayAsync(Question);
            await page.UntilAsync("failed");
        }),
        new("stopped", async (site, page) =>
        {
            site.Model.Enqueue(ModelScript.Stream.Text(Answer[..2]).Stall());
            await page.SayAsync(Question);
            await Expect(page.ReplyText).ToContainTextAsync("460 nm");
            await page.Stop.ClickAsync();
            await page.UntilAsync("cancelled");
        }),
        new("offline", async (site, page) =>
        {
            site.Model.Enqueue(ModelScript.Stream.Text(Answer[..2]).Wait(new Gate()));
            await page.SayAsync(Question);
            await Expect(page.ReplyText).ToContainTextAsync("460 nm");
            await page.Visit.Context.SetOfflineAsync(true);
            site.Network.Reset();
            await page.UntilConnectionAsync("offline");
        }, VisitOptions.Default.WithBreaks),
        new("refused", async (site, page) =>
        {
            await AnsweredAsync(site, page);
            await page.Tab.RouteAsync("**/conversations/*/messages", route => route.FulfillAsync(new()
            {
                Status = 429,
                ContentType = "application/problem+json",
                Body = """{"status":429,"title":"Too Many Requests","code":"too_many_requests","detail":"You may send 600 requests a minute; try again in 7 seconds."}""",
            }));
            await page.Composer.FillAsync("And at night?");
            await page.Composer.PressAsync("Enter");
            await Expect(page.Alert).ToBeVisibleAsync();
        }, VisitOptions.Default.WithStatus(429)),
        new("search", async (site, page) =>
        {
            await AnsweredAsync(site, page);
            await page.Search.FillAsync("bread");
            await Expect(page.Sidebar.Locator("mark").First).ToBeVisibleAsync();
        }),
        new("options", async (site, page) =>
        {
            await AnsweredAsync(site, page);
            var button = page.Button("Options for Letter to the landlord");
            await button.HoverAsync();
            await button.ClickAsync();
            await Expect(page.Tab.GetByRole(AriaRole.Menuitem, new() { Name = "Rename" })).ToBeVisibleAsync();
        }),
        new("thinking", async (site, page) =>
        {
            site.Model.Enqueue(ModelScript.Stream.Reasoning("They want physics and a drawing.").Text(Answer).Finish().Usage(21, 187).Done());
            await page.SayAndHearAsync(Question);
            await page.Reply.GetByText("Thinking", new() { Exact = true }).ClickAsync();
            await Expect(page.Reply.GetByText("physics and a drawing")).ToBeVisibleAsync();
        }),
        new("caught-up", async (site, page) =>
        {
            // The sign stays, instead of for six seconds.
            await page.Tab.AddInitScriptAsync("const { setTimeout } = window; window.setTimeout = (action, time, ...more) => (time === 6_000 ? 0 : setTimeout(action, time, ...more));");
            await page.ReloadAsync();
            var gate = new Gate();
            site.Model.Enqueue(ModelScript.Stream.Text(Answer[..2]).Wait(gate).Text(Answer[2..]).Finish().Usage(21, 187).Done());
            await page.SayAsync(Question);
            await Expect(page.ReplyText).ToContainTextAsync("460 nm");
            using var reader = await site.Api.FollowAsync(page.ConversationId);
            site.Network.Cut();
            gate.Open();
            await reader.UntilAsync("reply.completed");
            site.Network.Restore();
            await page.UntilConnectionAsync("caught-up");
        }, VisitOptions.Default.WithBreaks),
        new("drawer", async (_, page) =>
        {
            await page.Button("Conversations").ClickAsync();
            await Expect(page.Button("New conversation")).ToBeFocusedAsync();
        }, VisitOptions.Default with { Width = 390, Height = 844 }),
        new("delete", async (_, page) =>
        {
            var button = page.Button("Options for Letter to the landlord");
            await button.HoverAsync();
            await button.ClickAsync();
            await page.Tab.GetByRole(AriaRole.Menuitem, new() { Name = "Delete" }).ClickAsync();
            await Expect(page.Dialog("Delete this conversation?")).ToBeVisibleAsync();
        }),
        new("real-model", async (_, page) =>
        {
            await page.Model.SelectOptionAsync("demo");
            await page.Button("Use a real model").ClickAsync();
            await Expect(page.Dialog("Use a real model")).ToBeVisibleAsync();
        }),
        new("settings", async (_, page) =>
        {
            await page.Button("Settings").ClickAsync();
            await Expect(page.Dialog("Settings")).ToBeVisibleAsync();
        }),
        new("missing", (_, page) => Expect(page.Tab.GetByRole(AriaRole.Heading, new() { Name = "This conversation is not here" })).ToBeVisibleAsync(),
            VisitOptions.Default.WithStatus(404) with { Fragment = "#/conv_01jdnothere0000000000000000" }),
    ];

    private static async Task AnsweredAsync(ShowSite site, ChatPage page)
    {
        site.Model.Enqueue(ModelScript.Stream.Text(Answer).Finish().Usage(21, 187).Done());
        await page.SayAndHearAsync(Question);
        await Expect(page.Heading).Not.ToHaveTextAsync("New conversation");
    }
}
