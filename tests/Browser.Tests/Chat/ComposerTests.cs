using Microsoft.Playwright;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Chat;

/// <summary>Where messages are written.</summary>
[Collection(nameof(ChatSite))]
public class ComposerTests(ChatSite site)
{
    [BrowserFact]
    public Task Enter_sends_and_shift_enter_is_a_new_line() => site.VisitAsync(async page =>
    {
        await Expect(page.Composer).ToBeFocusedAsync();
        await Expect(page.Send).ToBeDisabledAsync();
        await page.Tab.Keyboard.TypeAsync("One");
        await page.Tab.Keyboard.PressAsync("Shift+Enter");
        await page.Tab.Keyboard.TypeAsync("Two");
        await Expect(page.Composer).ToHaveValueAsync("One\nTwo");
        await Expect(page.Messages).ToHaveCountAsync(0);
        await page.Tab.Keyboard.PressAsync("Enter");

        await Expect(page.Composer).ToHaveValueAsync("");
        await Expect(page.Questions).ToHaveCountAsync(1);
        await page.UntilAsync("completed");
        await Expect(page.ReplyText).ToHaveTextAsync("Hello, world!");
        Assert.Equal("One\nTwo", (await site.Api.MessagesAsync(page.ConversationId))[0].GetProperty("content").GetString());
        await Expect(page.Composer).ToBeFocusedAsync();
    });

    [BrowserFact]
    public Task Two_quick_messages_begin_one_conversation_in_their_order() => site.VisitAsync(async page =>
    {
        var (made, hold) = (0, new TaskCompletionSource());
        await page.Tab.RouteAsync(url => url.EndsWith("/conversations", StringComparison.Ordinal), async route =>
        {
            made++;
            await hold.Task;
            await route.ContinueAsync();
        });
        foreach (var text in new[] { "One.", "Two." })
        {
            await page.Composer.FillAsync(text);
            await page.Composer.PressAsync("Enter");
        }

        // Both are on their way.
        await Expect(page.Questions).ToHaveCountAsync(2);
        hold.SetResult();
        await Expect(page.Replies).ToHaveCountAsync(2);
        await page.UntilAsync("completed");
        await Expect(page.Questions).ToHaveCountAsync(2);
        Assert.Equal(1, made);
        Assert.Equal(
            ["One.", "Two."],
            (await site.Api.MessagesAsync(page.ConversationId)).Where(message => message.GetProperty("role").GetString() == "user").Select(message => message.GetProperty("content").GetString()));
    });

    [BrowserFact]
    public Task White_space_is_no_message() => site.VisitAsync(async page =>
    {
        await page.Composer.FillAsync(" \n ");
        await Expect(page.Send).ToBeDisabledAsync();
        await page.Composer.PressAsync("Enter");
        await Expect(page.Messages).ToHaveCountAsync(0);

        await page.SayAndHearAsync("Words.");
        await Expect(page.Questions).ToHaveCountAsync(1);
    });

    // Enter ends the choice of a character there, and says nothing about the message.
    [BrowserFact]
    public Task Enter_does_not_send_while_an_input_method_composes() => site.VisitAsync(async page =>
    {
        await page.Composer.FocusAsync();
        var devices = await page.Visit.Context.NewCDPSessionAsync(page.Tab);
        await devices.SendAsync("Input.imeSetComposition", new() { ["text"] = "に", ["selectionStart"] = 1, ["selectionEnd"] = 1 });
        await Expect(page.Composer).ToHaveValueAsync("に");

        // As browsers tell it: by isComposing, and by key code 229 where the end of the composition came before its key.
        await page.Composer.EvaluateAsync("box => box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, isComposing: true }))");
        await page.Composer.EvaluateAsync("box => box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, keyCode: 229 }))");
        await Expect(page.Composer).ToHaveValueAsync("に");

        await devices.SendAsync("Input.insertText", new() { ["text"] = "日本" });
        await page.Composer.PressAsync("Enter");
        await Expect(page.Questions).ToHaveCountAsync(1);
        await Expect(ChatPage.TextOf(page.Questions.First)).ToHaveTextAsync("日本");
    });

    [BrowserFact]
    public Task Drafts_are_kept_each_with_its_conversation() => site.VisitAsync(async page =>
    {
        await page.SayAndHearAsync("A conversation.");
        var conversation = page.ConversationId;
        await page.Composer.FillAsync("Not sent yet.");
        await page.Button("New conversation").ClickAsync();
        await Expect(page.Composer).ToHaveValueAsync("");
        await page.Composer.FillAsync("Nor this.");
        await page.ReloadAsync();
        await Expect(page.Composer).ToHaveValueAsync("Nor this.");
        await page.Listed(conversation).GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Composer).ToHaveValueAsync("Not sent yet.");
        await page.ReloadAsync();
        await Expect(page.Composer).ToHaveValueAsync("Not sent yet.");

        await page.Composer.PressAsync("Enter");
        await Expect(page.Questions).ToHaveCountAsync(2);
        await page.ReloadAsync();
        await Expect(page.Questions).ToHaveCountAsync(2);
        await Expect(page.Composer).ToHaveValueAsync("");
    });

    // Nothing is cut off, and a browser that keeps nothing takes nothing away.
    [BrowserFact]
    public Task What_is_too_long_or_cannot_be_kept_stays_in_the_box() => site.VisitAsync(
        async page =>
        {
            await page.Tab.EvaluateAsync("() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }");
            var text = new string('x', 262_145);
            await page.Composer.FillAsync(text);
            await page.Send.ClickAsync();
            await Expect(page.Alert).ToBeVisibleAsync();
            await Expect(page.Composer).ToHaveValueAsync(text);
            await page.Composer.FillAsync("Shorter.");
            await page.SayAndHearAsync("Shorter.");
        },
        VisitOptions.Default.WithStatus(400));

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_reply_is_stopped_and_what_it_said_stays(bool byKey) => site.VisitAsync(async page =>
    {
        site.Model.Enqueue(ModelScript.Stream.Text("As far as", " this.").Stall());
        await page.SayAsync("Go on.");
        await Expect(page.ReplyText).ToHaveTextAsync("As far as this.");
        if (byKey)
        {
            await page.Composer.PressAsync("Escape");
        }
        else
        {
            await page.Stop.ClickAsync();
        }

        await page.UntilAsync("cancelled");
        await Expect(page.Reply).ToContainTextAsync("Stopped");
        await Expect(page.Stop).ToBeHiddenAsync();
        await page.SayAndHearAsync("And now?");
        await Expect(page.ReplyText).ToHaveTextAsync("Hello, world!");
    });

    [BrowserFact]
    public Task What_is_sent_while_a_reply_runs_waits_and_can_be_taken_back() => site.VisitAsync(async page =>
    {
        var gate = new Gate();
        site.Model.Enqueue(ModelScript.Stream.Text("First").Wait(gate).Finish().Done());
        await page.SayAsync("One.");
        await Expect(page.ReplyText).ToHaveTextAsync("First");
        await page.SayAsync("Two.");
        await Expect(page.Waiting).ToHaveCountAsync(1);
        await page.SayAsync("Three.");
        await Expect(page.Waiting).ToHaveCountAsync(2);
        await page.Waiting.Nth(0).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(page.Waiting).ToHaveCountAsync(1);
        await Expect(page.Waiting).ToContainTextAsync(["Three."]);

        gate.Open();
        await Expect(page.Replies).ToHaveCountAsync(2);
        await page.UntilAsync("completed");
        await Expect(page.Waiting).ToHaveCountAsync(0);
        await Expect(page.Questions).ToHaveCountAsync(2);
        await Expect(page.Questions.Last).ToContainTextAsync("Three.");
    });

    [BrowserFact]
    public Task Arrow_up_in_the_empty_box_edits_the_last_message() => site.VisitAsync(async page =>
    {
        await page.SayAndHearAsync("With a tpyo.");
        await page.Composer.PressAsync("ArrowUp");
        var edit = page.Tab.GetByRole(AriaRole.Textbox, new() { Name = "Edit message" });
        await Expect(edit).ToBeFocusedAsync();
        await Expect(edit).ToHaveValueAsync("With a tpyo.");
        await edit.PressAsync("Escape");
        await Expect(edit).ToBeHiddenAsync();
        await Expect(page.Composer).ToBeFocusedAsync();
    });

    [BrowserFact]
    public Task The_model_is_chosen_for_the_conversation() => site.VisitAsync(async page =>
    {
        await page.Model.SelectOptionAsync("demo");
        await page.SayAndHearAsync("Say something short. [demo: tokens=20]");
        var message = (await site.Api.MessagesAsync(page.ConversationId))[^1];
        Assert.Equal("demo", message.GetProperty("model").GetString());
        await Expect(page.Reply.GetByTestId("figures")).ToContainTextAsync("demo");

        await page.ReloadAsync();
        await Expect(page.Model).ToHaveValueAsync("demo");
        await page.Model.SelectOptionAsync("scripted");
        await page.SayAndHearAsync("And you?");
        await Expect(page.ReplyText).ToHaveTextAsync("Hello, world!");
    });
}
