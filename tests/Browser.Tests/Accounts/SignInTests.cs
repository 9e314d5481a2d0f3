using System.Text.Json;
using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Security;
using OrleansChat.Browser.Tests.States;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Accounts;

/// <summary>Where keys are needed, the page asks for one, and keeps a session that no script can read.</summary>
public class SignInTests(KeyedSite site) : IClassFixture<KeyedSite>
{
    [BrowserFact]
    public async Task Without_a_key_there_is_nothing_but_the_question_for_one()
    {
        await site.VisitAsync(async page =>
        {
            var dialog = page.Dialog("Sign in");
            await Expect(dialog).ToBeVisibleAsync();
            await Expect(Key(page)).ToBeFocusedAsync();
            await Expect(Key(page)).ToHaveAttributeAsync("type", "password");
            await page.Tab.Keyboard.PressAsync("Escape");
            await page.Tab.Keyboard.PressAsync("Escape");
            await Expect(dialog).ToBeVisibleAsync();

            await Key(page).FillAsync("oc_nobodysnobod_0000000000000000000000000000000000000000000");
            await Key(page).PressAsync("Enter");
            await Expect(dialog.GetByRole(AriaRole.Alert)).Not.ToBeEmptyAsync();
            await Expect(dialog).ToBeVisibleAsync();
            Assert.Empty(await page.Visit.Context.CookiesAsync());
        });
    }

    [BrowserAndPackagesFact]
    public Task Nobody_is_shut_out_of_the_question_for_a_key() => site.VisitAsync(
        async page =>
        {
            await Expect(Key(page)).ToBeFocusedAsync();
            Assert.Empty(await Axe.ViolationsAsync(page));
            await page.Tab.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            Assert.Empty(await Axe.ViolationsAsync(page));
        },
        VisitOptions.Default with { ReducesMotion = true });

    [BrowserFact]
    public async Task With_a_key_it_goes_on_where_it_was_and_stays_signed_in()
    {
        var (key, _) = await MakeKeyAsync("ada");
        var conversation = await site.Keyed.With(key).CreateAsync(new { title = "Mine" });
        var foreign = await (await site.Keyed.ForAsync("eve")).CreateAsync(new { title = "Somebody else's" });
        await site.VisitAsync(
            async page =>
            {
                await SignInAsync(page, key);
                await Expect(page.Heading).ToHaveTextAsync("Mine");
                await page.SayAndHearAsync("Hello.");
                await Expect(page.ReplyText).ToHaveTextAsync("Hello, world!");
                await Expect(page.Listed(foreign)).ToHaveCountAsync(0);

                var cookie = Assert.Single(await page.Visit.Context.CookiesAsync());
                Assert.True(cookie.HttpOnly);
                Assert.Equal(SameSiteAttribute.Strict, cookie.SameSite);
                Assert.DoesNotContain(key, cookie.Value, StringComparison.Ordinal);
                Assert.DoesNotContain(
                    key,
                    await page.Tab.EvaluateAsync<string>("() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, document.documentElement.outerHTML])"),
                    StringComparison.Ordinal);

                await page.ReloadAsync();
                await Expect(page.Messages).ToHaveCountAsync(2);
                await Expect(page.Dialog("Sign in")).ToBeHiddenAsync();
                var other = await page.Visit.OpenAsync("#/" + foreign);
                await Expect(other.Tab.GetByRole(AriaRole.Heading, new() { Name = "This conversation is not here" })).ToBeVisibleAsync();
            },
            VisitOptions.Default.WithStatus(404) with { Fragment = "#/" + conversation });
    }

    [BrowserFact]
    public async Task Signed_out_nothing_is_left_of_it()
    {
        var (key, _) = await MakeKeyAsync("bob");
        await site.VisitAsync(async page =>
        {
            await SignInAsync(page, key);
            await page.Button("Settings").ClickAsync();
            await page.Dialog("Settings").GetByRole(AriaRole.Textbox, new() { Name = "System prompt" }).FillAsync("A secret prompt.");
            await page.Dialog("Settings").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await page.SayAndHearAsync("A secret.");
            await page.Composer.FillAsync("A secret draft.");
            await page.Button("Settings").ClickAsync();
            await page.Dialog("Settings").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
            await Expect(page.Dialog("Sign in")).ToBeVisibleAsync();
            await Expect(page.Messages).ToHaveCountAsync(0);
            Assert.Empty(await page.Visit.Context.CookiesAsync());
            Assert.DoesNotContain("secret", await page.Tab.EvaluateAsync<string>("() => JSON.stringify([{...localStorage}, {...sessionStorage}]) + document.body.innerText"), StringComparison.Ordinal);

            await page.ReloadAsync();
            await Expect(page.Dialog("Sign in")).ToBeVisibleAsync();
            await Expect(page.Tab.Locator("main textarea")).ToHaveValueAsync("");
        });
    }

    // At another port of the same host it is the same site: the browser sends the cookie along, and the server refuses all the same.
    [BrowserTheory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task A_page_of_somebody_else_has_nothing_of_a_session(string host)
    {
        var (key, _) = await MakeKeyAsync("grace");
        var client = site.Keyed.With(key);
        await site.VisitAsync(
            async page =>
            {
                await SignInAsync(page, key);
                await page.SayAndHearAsync("This is mine.");
                var requests = site.Keyed.Model.Requests.Count;
                Assert.Empty(await Attack.FromAsync(host, page, site.Keyed.Product.Address));
                Assert.DoesNotContain("planted", (await client.GetAsync("/conversations?limit=100")).ToString(), StringComparison.Ordinal);
                Assert.Equal(requests, site.Keyed.Model.Requests.Count);
                await page.SayAndHearAsync("Still mine.");
            },
            Attack.Visit,
            $"{nameof(A_page_of_somebody_else_has_nothing_of_a_session)} {host}");
    }

    [BrowserFact]
    public async Task A_key_that_is_revoked_in_mid_reply_ends_the_visit_and_the_next_key_goes_on()
    {
        var (key, id) = await MakeKeyAsync("carol");
        var (next, _) = await MakeKeyAsync("carol");
        var gate = new Gate();
        site.Keyed.Model.Enqueue(ModelScript.Stream.Text("As far as this").Wait(gate).Text(" and further.").Finish().Done());
        await site.VisitAsync(async page =>
        {
            await SignInAsync(page, key);
            await page.SayAsync("Go on.");
            await Expect(page.ReplyText).ToHaveTextAsync("As far as this");
            await site.Keyed.Admin.SendAsync(HttpMethod.Delete, $"/keys/{id}");

            // Whose reply it is does not matter to the reply.
            gate.Open();
            await Expect(page.Dialog("Sign in")).ToBeVisibleAsync();
            await SignInAsync(page, next);
            await page.UntilAsync("completed");
            await Expect(page.ReplyText).ToHaveTextAsync("As far as this and further.");
        });
    }

    [BrowserFact]
    public async Task A_session_that_ends_while_a_message_is_written_does_not_lose_it()
    {
        var (key, id) = await MakeKeyAsync("dora");
        var (next, _) = await MakeKeyAsync("dora");
        await site.VisitAsync(async page =>
        {
            await SignInAsync(page, key);
            await page.SayAndHearAsync("First.");
            await page.Composer.FillAsync("Long thought of.");
            await site.Keyed.Admin.SendAsync(HttpMethod.Delete, $"/keys/{id}");
            await Expect(page.Dialog("Sign in")).ToBeVisibleAsync();
            await SignInAsync(page, next);
            await Expect(page.Composer).ToHaveValueAsync("Long thought of.");
            await page.Composer.PressAsync("Enter");
            await Expect(page.Questions).ToHaveCountAsync(2);
        });
    }

    [BrowserFact]
    public async Task Whoever_may_only_read_sees_why_he_cannot_write()
    {
        var writer = await site.Keyed.ForAsync("frank");
        var conversation = await writer.CreateAsync(new { title = "To be read" });
        using (var reader = await writer.SendAndFollowAsync(conversation, "Hello."))
        {
            await reader.ToEndAsync();
        }

        var (key, id) = await MakeKeyAsync("frank", "read");
        var (next, _) = await MakeKeyAsync("frank");
        await site.VisitAsync(
            async page =>
            {
                await SignInAsync(page, key);
                await Expect(page.Heading).ToHaveTextAsync("To be read");
                await Expect(page.Composer).ToBeDisabledAsync();
                await Expect(page.Composer).ToHaveAttributeAsync("placeholder", "Your key may only read");
                await Expect(page.Messages).ToHaveCountAsync(2);
                await page.Questions.HoverAsync();
                await Expect(page.Button("Edit")).ToBeHiddenAsync();
                await Expect(page.Button("Regenerate")).ToBeHiddenAsync();
                await Expect(page.Model).ToBeDisabledAsync();
                await page.Button("Options for To be read").ClickAsync();
                await Expect(page.Tab.GetByRole(AriaRole.Menuitem)).ToHaveTextAsync(["Export as Markdown"]);
                await page.Tab.Keyboard.PressAsync("Escape");

                // With another key the same page writes.
                await site.Keyed.Admin.SendAsync(HttpMethod.Delete, $"/keys/{id}");
                await Expect(page.Dialog("Sign in")).ToBeVisibleAsync();
                await SignInAsync(page, next);
                await page.SayAndHearAsync("May I?");
            },
            VisitOptions.Default with { Fragment = "#/" + conversation });
    }

    // One cookie for all tabs of a browser.
    [BrowserFact]
    public async Task What_one_tab_signs_in_to_or_out_of_the_others_follow()
    {
        var (key, _) = await MakeKeyAsync("hedy");
        var (other, _) = await MakeKeyAsync("ivy");
        var gate = new Gate();
        site.Keyed.Model.Enqueue(ModelScript.Stream.Text("A secret").Wait(gate).Finish().Done());
        await site.VisitAsync(async one =>
        {
            var two = await one.Visit.OpenAsync();
            await Expect(two.Dialog("Sign in")).ToBeVisibleAsync();
            await SignInAsync(one, key);
            await Expect(two.Dialog("Sign in")).ToBeHiddenAsync();
            await two.SayAsync("A secret.");
            await Expect(two.ReplyText).ToHaveTextAsync("A secret");

            await one.Button("Settings").ClickAsync();
            await one.Dialog("Settings").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
            await Expect(two.Dialog("Sign in")).ToBeVisibleAsync();
            await Expect(two.Messages).ToHaveCountAsync(0);
            foreach (var tab in new[] { one, two })
            {
                Assert.Equal("[{},{}]", await tab.Tab.EvaluateAsync<string>("() => JSON.stringify([{...localStorage}, {...sessionStorage}])"));
            }

            gate.Open();
            await SignInAsync(two, other);
            await Expect(one.Dialog("Sign in")).ToBeHiddenAsync();
            await Expect(one.Sidebar.GetByRole(AriaRole.Link)).ToHaveCountAsync(0);
            await one.SayAndHearAsync("Mine.");
            await Expect(two.Listed(one.ConversationId)).ToBeVisibleAsync();
        }, VisitOptions.Default.WithStatus(404));
    }

    private static ILocator Key(ChatPage page) => page.Tab.GetByLabel("API key");

    private static async Task SignInAsync(ChatPage page, string key)
    {
        var dialog = page.Dialog("Sign in");
        await Key(page).FillAsync(key);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
    }

    private async Task<(string Key, string Id)> MakeKeyAsync(string owner, params string[] scopes)
    {
        JsonElement made = await site.Keyed.MakeKeyAsync(owner, scopes);
        return (made.GetProperty("key").GetString()!, made.GetProperty("id").GetString()!);
    }
}
