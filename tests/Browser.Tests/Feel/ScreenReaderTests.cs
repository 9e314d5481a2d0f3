using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Sites;
using OrleansChat.Testing.Models;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Feel;

/// <summary>What is read aloud: sentences, when they are finished.</summary>
[Collection(nameof(ChatSite))]
public class ScreenReaderTests(ChatSite site)
{
    private const string Listen =
        """
        () => {
          window.announced = [];
          const announcer = document.querySelector('[data-testid=announcer]');
          new MutationObserver(records => records.flatMap(record => [...record.addedNodes]).forEach(node => window.announced.push(node.textContent.trim())))
            .observe(announcer, { childList: true, characterData: true, subtree: true });
        }
        """;

    [BrowserFact]
    public Task Whole_sentences_of_a_reply_are_announced_and_nothing_else_of_it_is_live() => site.VisitAsync(async page =>
    {
        await Expect(page.Announcer).ToHaveAttributeAsync("aria-live", "polite");
        await page.Tab.EvaluateAsync(Listen);
        string[] sentences = ["The sky is blue.", "Why? Nobody asked.", "It costs 3.50 at most.", "That is all!"];
        var gates = sentences.Select(_ => new Gate()).ToArray();
        var script = sentences.Index().Aggregate(
            ModelScript.Stream, (script, sentence) => script.Text([.. sentence.Item.Select(letter => $"{letter}"), " "]).Wait(gates[sentence.Index]));
        site.Model.Enqueue(script.Finish().Done());
        await page.SayAsync("Tell me.");
        foreach (var (index, gate) in gates.Index())
        {
            await Expect(page.ReplyText).ToContainTextAsync(sentences[index]);
            gate.Open();
        }

        await page.UntilAsync("completed");
        await page.Tab.WaitForFunctionAsync("() => window.announced.some(text => text.includes('Reply complete'))");
        var announced = await page.Tab.EvaluateAsync<string[]>("() => window.announced");
        var said = announced.Where(text => !text.StartsWith("Assistant is replying", StringComparison.Ordinal) && !text.StartsWith("Reply complete", StringComparison.Ordinal)).ToArray();
        Assert.All(said, text => Assert.Matches("[.!?]$", text));
        Assert.InRange(said.Length, 1, sentences.Length + 1);
        foreach (var sentence in sentences)
        {
            Assert.Contains(sentence, string.Join(' ', said), StringComparison.Ordinal);
        }

        // A live region around the messages would be read token by token.
        Assert.Equal(0, await page.Messages.EvaluateAllAsync<int>(
            "articles => articles.filter(article => article.closest('[aria-live=polite], [aria-live=assertive], [role=log], [role=status], [role=alert]') || article.querySelector('[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]')).length"));
    });

    [BrowserFact]
    public Task Code_is_named_and_what_stands_around_it_is_read() => site.VisitAsync(async page =>
    {
        await page.Tab.EvaluateAsync(Listen);
        site.Model.Enqueue(ModelScript.Reply("```js\nlet a;\nlet b;\n```\n\n", "1. Write this.\n\n   ```js\n   let c;\n   ```\n\n   It is short.\n", "2. Run it.\n"));
        await page.SayAsync("How?");
        await page.Tab.WaitForFunctionAsync("() => window.announced.some(text => text.includes('Reply complete'))");
        string[] order = ["Assistant is replying.", "Code, 2 lines.", "Write this.", "Code, 1 line.", "It is short.", "Run it.", "Reply complete."];
        Assert.Equal(string.Join(' ', order), string.Join(' ', (await page.Tab.EvaluateAsync<string[]>("() => window.announced")).SelectMany(text => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
    });

    // The next reply begins before the last words of the one before it have been drawn.
    [BrowserFact]
    public Task Replies_that_follow_each_other_are_read_one_after_the_other_and_once() => site.VisitAsync(async page =>
    {
        await page.Tab.EvaluateAsync(Listen);
        var gate = new Gate();
        site.Model.Enqueue(
            ModelScript.Stream.Text("The first begins.\n\n", "It goes on.").Wait(gate).Text(" It ends.").Finish().Done(),
            ModelScript.Reply("The second begins.\n\n", "It is short."));
        await page.SayAsync("One.");
        await Expect(page.ReplyText).ToContainTextAsync("It goes on.");
        await page.SayAsync("Two.");
        await Expect(page.Waiting).ToHaveCountAsync(1);
        gate.Open();
        await page.Tab.WaitForFunctionAsync("() => window.announced.filter(text => text.includes('Reply complete')).length === 2");

        string[] order = ["Assistant is replying.", "The first begins.", "It goes on.", "It ends.", "Reply complete.", "Assistant is replying.", "The second begins.", "It is short.", "Reply complete."];
        Assert.Equal(string.Join(' ', order), string.Join(' ', await page.Tab.EvaluateAsync<string[]>("() => window.announced")).ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal));
    });

    [BrowserFact]
    public Task What_is_there_already_is_not_announced_again() => site.VisitAsync(async page =>
    {
        site.Model.Enqueue(ModelScript.Reply("This was said before."));
        await page.SayAndHearAsync("Tell me.");
        await page.Visit.Context.AddInitScriptAsync(
            """
            window.spoken = '';
            addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
              window.spoken += document.querySelector('[data-testid=announcer]')?.textContent ?? '';
            }).observe(document.body, { childList: true, characterData: true, subtree: true }));
            """);
        await page.ReloadAsync();
        await Expect(page.ReplyText).ToHaveTextAsync("This was said before.");
        await page.SayAndHearAsync("And now?");
        await page.Tab.WaitForFunctionAsync("() => window.spoken.includes('Reply complete')");
        Assert.DoesNotContain("This was said", await page.Tab.EvaluateAsync<string>("() => window.spoken"), StringComparison.Ordinal);
    });
}
