using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Chat;

/// <summary>What goes wrong is said where it happened, with what to do.</summary>
[Collection(nameof(ChatSite))]
public class ProblemTests(ChatSite site)
{
    [BrowserFact]
    public Task A_reply_that_fails_keeps_its_text_says_why_and_can_be_tried_again() => site.VisitAsync(async page =>
    {
        site.Model.Enqueue(ModelScript.Stream.Text("As far as", " this").Error("overloaded"), ModelScript.Reply("All of it."));
        await page.SayAsync("Tell me.");
        await page.UntilAsync("failed");
        await Expect(page.ReplyText).ToHaveTextAsync("As far as this");
        var card = page.Reply.GetByRole(AriaRole.Group, new() { Name = "Reply failed" });
        var error = (await site.Api.LastMessageAsync(page.ConversationId)).GetProperty("error").GetProperty("code").GetString()!;
        await Expect(card).ToHaveAttributeAsync("data-code", error);

        await page.ReloadAsync();
        await Expect(card).ToBeVisibleAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await page.UntilAsync("completed");
        await Expect(page.ReplyText).ToHaveTextAsync("All of it.");
        await Expect(card).ToBeHiddenAsync();
    });

    [BrowserFact]
    public Task A_model_that_refuses_the_request_leaves_a_card_too() => site.VisitAsync(async page =>
    {
        site.Model.Enqueue(ModelScript.Status(401, """{"error":{"message":"Incorrect API key provided: sk-secret","code":"invalid_api_key"}}"""));
        await page.SayAsync("Tell me.");
        await page.UntilAsync("failed");
        await Expect(page.Reply.GetByRole(AriaRole.Group, new() { Name = "Reply failed" })).ToBeVisibleAsync();
        await Expect(page.Tab.Locator("body")).Not.ToContainTextAsync("sk-secret");
    });

    [BrowserTheory]
    [InlineData("conv_01jdnothere0000000000000000")]
    [InlineData("conv_0")]
    public Task A_conversation_that_is_not_there_is_said_not_to_be(string conversation) => site.VisitAsync(
        async page =>
        {
            await Expect(page.Tab.GetByRole(AriaRole.Heading, new() { Name = "This conversation is not here" })).ToBeVisibleAsync();
            await page.Tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "New conversation" }).ClickAsync();
            await Expect(page.Composer).ToBeFocusedAsync();
            await page.SayAndHearAsync("Hello.");
        },
        VisitOptions.Default.WithStatus(404) with { Fragment = "#/" + conversation });

    [BrowserFact]
    public Task A_message_that_is_refused_is_back_in_its_box_with_the_reason() => site.VisitAsync(
        async page =>
        {
            await page.SayAndHearAsync("Hello.");
            await page.Tab.RouteAsync(
                "**/conversations/*/messages",
                route => route.Request.Method == "POST"
                    ? route.FulfillAsync(new()
                    {
                        Status = 429,
                        ContentType = "application/problem+json",
                        Headers = new Dictionary<string, string> { ["Retry-After"] = "7" },
                        Body = """{"status":429,"title":"Too Many Requests","code":"too_many_requests","detail":"You may send 600 requests a minute."}""",
                    })
                    : route.ContinueAsync());
            await page.Composer.FillAsync("Too much.");
            await page.Composer.PressAsync("Enter");
            await Expect(page.Alert).ToContainTextAsync("600 requests a minute");
            await Expect(page.Alert).ToHaveAttributeAsync("data-code", "too_many_requests");
            await Expect(page.Composer).ToHaveValueAsync("Too much.");
            await page.Alert.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
            await Expect(page.Alert).ToBeHiddenAsync();
            await Expect(page.Questions).ToHaveCountAsync(1);
        },
        VisitOptions.Default.WithStatus(429));

    [BrowserFact]
    public Task A_conversation_that_is_deleted_elsewhere_is_said_to_be_gone() => site.VisitAsync(
        async page =>
        {
            await page.SayAndHearAsync("Hello.");
            var conversation = page.ConversationId;
            await page.Composer.FillAsync("Half a thought");
            await site.Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}", System.Net.HttpStatusCode.NoContent);
            await Expect(page.Tab.GetByRole(AriaRole.Heading, new() { Name = "This conversation is not here" })).ToBeVisibleAsync();
            await Expect(page.Listed(conversation)).ToHaveCountAsync(0);
            await Expect(page.Composer).ToBeDisabledAsync();
            await Expect(page.Model).ToBeHiddenAsync();

            // What was being written is for another one then.
            await page.Tab.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "New conversation" }).ClickAsync();
            await Expect(page.Composer).ToHaveValueAsync("Half a thought");
            await Expect(page.Model).ToBeVisibleAsync();
        },
        VisitOptions.Default.WithStatus(404));

    [BrowserFact]
    public Task A_message_that_is_refused_after_one_has_left_is_told_where_one_is() => site.VisitAsync(
        async page =>
        {
            var conversation = await site.Api.CreateAsync(new { title = "Left behind" });
            await page.GoToConversationAsync(conversation);
            await Expect(page.Heading).ToHaveTextAsync("Left behind");
            var hold = new TaskCompletionSource();
            await page.Tab.RouteAsync(url => url.EndsWith("/messages", StringComparison.Ordinal), async route =>
            {
                await hold.Task;
                await route.FulfillAsync(new() { Status = 429 });
            });
            await page.SayAsync("Too much.");
            await page.Button("New conversation").ClickAsync();
            await Expect(page.Heading).ToHaveTextAsync("New conversation");
            hold.SetResult();
            await Expect(page.Alert).ToContainTextAsync("A message to “Left behind” could not be sent");
            await page.Button("Go there").ClickAsync();
            await Expect(page.Heading).ToHaveTextAsync("Left behind");
            await Expect(page.Composer).ToHaveValueAsync("Too much.");
        },
        VisitOptions.Default.WithStatus(429));

    [BrowserFact]
    public Task A_conversation_that_cannot_be_read_takes_no_messages_until_it_can() => site.VisitAsync(
        async page =>
        {
            var conversation = await site.Api.CreateAsync(new { title = "Not now" });
            await page.Tab.RouteAsync(url => url.Contains("/html/messages", StringComparison.Ordinal), route => route.FulfillAsync(new() { Status = 500 }));
            await page.GoToConversationAsync(conversation);
            await Expect(page.Alert).ToBeVisibleAsync();
            await Expect(page.Composer).ToBeDisabledAsync();

            await page.Tab.UnrouteAllAsync();
            await page.Alert.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
            await page.SayAndHearAsync("Hello.");
            Assert.Equal(conversation, page.ConversationId);
        },
        VisitOptions.Default.WithStatus(500));

    [BrowserFact]
    public Task An_answer_that_breaks_off_in_the_middle_is_asked_for_again() => site.VisitAsync(async page =>
    {
        var conversation = await site.Api.CreateAsync(new { title = "Long" });
        await page.Tab.EvaluateAsync(
            """
            () => {
              const whole = window.fetch;
              window.fetch = (path, options) => {
                if (!String(path).includes('/html/messages')) return whole(path, options);
                window.fetch = whole;
                return Promise.resolve(new Response(new ReadableStream({ pull: body => {
                  body.enqueue(new TextEncoder().encode('{"data":['));
                  body.error(new TypeError('network error'));
                } }, { highWaterMark: 0 })));
              };
            }
            """);
        await page.GoToConversationAsync(conversation);
        await Expect(page.Heading).ToHaveTextAsync("Long");
        await Expect(page.Alert).ToBeHiddenAsync();
        await page.SayAndHearAsync("Hello.");
    });
}
