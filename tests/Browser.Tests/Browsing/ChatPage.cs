using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace OrleansChat.Browser.Tests.Browsing;

/// <summary>The page in one tab, as people find their way on it: by roles and names.</summary>
/// <param name="tab">The tab.</param>
/// <param name="visit">Whose it is.</param>
public sealed partial class ChatPage(IPage tab, Visit visit)
{
    /// <summary>The tab.</summary>
    public IPage Tab => tab;

    /// <summary>Whose it is.</summary>
    public Visit Visit => visit;

    /// <summary>Where the next message is written.</summary>
    public ILocator Composer => tab.GetByRole(AriaRole.Textbox, new() { Name = "Message", Exact = true });

    /// <summary>Sends it.</summary>
    public ILocator Send => Button("Send");

    /// <summary>Stops the reply.</summary>
    public ILocator Stop => Button("Stop");

    /// <summary>Which model replies.</summary>
    public ILocator Model => tab.GetByRole(AriaRole.Combobox, new() { Name = "Model" });

    /// <summary>The title of what is open.</summary>
    public ILocator Heading => tab.GetByRole(AriaRole.Heading, new() { Level = 1 });

    /// <summary>How it stands with the connection.</summary>
    public ILocator Connection => tab.GetByTestId("connection");

    /// <summary>What screen readers are told.</summary>
    public ILocator Announcer => tab.GetByTestId("announcer");

    /// <summary>What scrolls.</summary>
    public ILocator Scroller => tab.GetByRole(AriaRole.Region, new() { Name = "Messages" });

    /// <summary>The messages.</summary>
    public ILocator Messages => Scroller.Locator("article");

    /// <summary>What the assistant has said.</summary>
    public ILocator Replies => Scroller.Locator("article[data-role=assistant]");

    /// <summary>What the visitor has said.</summary>
    public ILocator Questions => Scroller.Locator("article[data-role=user]");

    /// <summary>The newest reply.</summary>
    public ILocator Reply => Replies.Last;

    /// <summary>The text of the newest reply.</summary>
    public ILocator ReplyText => TextOf(Reply);

    /// <summary>Brings the newest message into view.</summary>
    public ILocator Jump => Button("Jump to the newest");

    /// <summary>The list of conversations, with what is around it.</summary>
    public ILocator Sidebar => tab.GetByRole(AriaRole.Navigation, new() { Name = "Conversations" });

    /// <summary>Searches conversations.</summary>
    public ILocator Search => tab.GetByRole(AriaRole.Searchbox, new() { Name = "Search conversations" });

    /// <summary>What went wrong with a request.</summary>
    public ILocator Alert => tab.GetByRole(AriaRole.Alert);

    /// <summary>Messages that wait for the reply to end.</summary>
    public ILocator Waiting => tab.GetByRole(AriaRole.List, new() { Name = "Waiting messages" }).GetByRole(AriaRole.Listitem);

    /// <summary>The id of the conversation that is open, by the address.</summary>
    public string ConversationId => AddressedConversation().Match(tab.Url).Value;

    /// <summary>The text of a message.</summary>
    public static ILocator TextOf(ILocator message) => message.Locator(".content");

    /// <summary>A button of the page.</summary>
    public ILocator Button(string name) => tab.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>A dialog that is open.</summary>
    public ILocator Dialog(string name) => tab.Locator("dialog[open], [role=dialog], [role=alertdialog]")
        .And(tab.GetByRole(AriaRole.Dialog, new() { Name = name }).Or(tab.GetByRole(AriaRole.Alertdialog, new() { Name = name })));

    /// <summary>A conversation in the list.</summary>
    public ILocator Listed(string conversation) =>
        Sidebar.GetByRole(AriaRole.List, new() { Name = "Conversations list" }).Locator($"[data-id={conversation}]");

    /// <summary>Goes somewhere, by the address.</summary>
    public Task GoAsync(Uri address) => tab.GotoAsync(address.ToString());

    /// <summary>Opens a conversation by its address, without leaving the page.</summary>
    public Task GoToConversationAsync(string conversation) => tab.GotoAsync($"/#/{conversation}");

    /// <summary>Says something, and sends it: by Enter, or on a phone, where that is a new line, by the button. The address then names a conversation.</summary>
    public async Task SayAsync(string text)
    {
        await Composer.FillAsync(text);
        await (Visit.IsPhone ? Send.TapAsync() : Composer.PressAsync("Enter"));
        await Assertions.Expect(tab).ToHaveURLAsync(AddressedConversation());
    }

    /// <summary>Says something, and waits until the reply is complete.</summary>
    public async Task SayAndHearAsync(string text)
    {
        var before = await Replies.CountAsync();
        await SayAsync(text);
        await Assertions.Expect(Replies).ToHaveCountAsync(before + 1);
        await UntilAsync("completed");
    }

    /// <summary>Waits until the newest reply is at this state.</summary>
    public Task UntilAsync(string status) => Assertions.Expect(Reply).ToHaveAttributeAsync("data-status", status);

    /// <summary>Waits until the connection is in this state.</summary>
    public Task UntilConnectionAsync(string state) => Assertions.Expect(Connection).ToHaveAttributeAsync("data-state", state);

    /// <summary>Waits until a gap is closed, and it is said how much came to close it, and how much of that is lost.</summary>
    public async Task AssertCaughtUpAsync(int characters, int lost = 0)
    {
        await Assertions.Expect(Connection).ToHaveAttributeAsync("data-caught-up", characters.ToString(CultureInfo.InvariantCulture));
        await Assertions.Expect(Connection).ToHaveAttributeAsync("data-lost", lost.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Waits until this text is in the clipboard.</summary>
    public Task UntilClipboardAsync(string text) =>
        tab.WaitForFunctionAsync("async text => await navigator.clipboard.readText() === text", text);

    /// <summary>Puts the tab into the background, as far as its page can tell: a browser without windows shows all of them.</summary>
    public Task HideAsync() => SetVisibilityAsync("hidden");

    /// <summary>Brings the tab to the front again.</summary>
    public Task ShowAsync() => SetVisibilityAsync("visible");

    /// <summary>Loads the page anew.</summary>
    public Task ReloadAsync() => tab.ReloadAsync();

    /// <summary>From here on counts what moves: what has moved so far was meant to.</summary>
    public Task ForgetShiftsAsync() => TakeShiftsAsync();

    /// <summary>
    /// Nothing that was there has moved by itself since the page was loaded, or since this was asked last: browsers count that, as
    /// cumulative layout shift.
    /// </summary>
    public async Task AssertNothingShiftedAsync()
    {
        var shifts = await TakeShiftsAsync();
        Assert.True(shifts.Sum(shift => shift.Value) < 0.01, string.Join('\n', shifts.Select(shift => $"{shift.Value:0.0000} {string.Join(" | ", shift.Of)}")));
    }

    /// <summary>
    /// What is shown of each message: its id, role, status, and the elements of its text. Two pages that show the same conversation show the
    /// same, however they came to it.
    /// </summary>
    public async Task<string> ShownAsync() => (await tab.EvaluateAsync<JsonElement>(
        """
        () => [...document.querySelectorAll('article[data-id]')].map(article => {
          const text = article.querySelector('.content').cloneNode(true);
          text.querySelectorAll('button').forEach(button => button.remove());
          text.querySelectorAll('[data-open]').forEach(block => block.removeAttribute('data-open'));
          return [article.dataset.id, article.dataset.role, article.dataset.status, text.innerHTML].join('\n');
        }).join('\n\n')
        """)).GetString()!;

    private sealed class Shift
    {
        public double Value { get; set; }

        public string[] Of { get; set; } = [];
    }

    private Task<Shift[]> TakeShiftsAsync() => tab.EvaluateAsync<Shift[]>("() => window.takeShifts()");

    private Task<JsonElement?> SetVisibilityAsync(string state) => tab.EvaluateAsync(
        """
        state => {
          Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
          Object.defineProperty(document, 'hidden', { configurable: true, get: () => state === 'hidden' });
          document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
        }
        """,
        state);

    [GeneratedRegex("conv_[a-z0-9]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AddressedConversation();
}
