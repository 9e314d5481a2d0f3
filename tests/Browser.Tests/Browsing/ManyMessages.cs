using System.Text;
using System.Text.Json;
using OrleansChat.Browser.Tests.Sites;
using static Microsoft.Playwright.Assertions;

namespace OrleansChat.Browser.Tests.Browsing;

/// <summary>Conversations that are longer than what a page reads at once.</summary>
internal static class ManyMessages
{
    /// <summary>Makes one, of questions and answers with numbers, and returns its id.</summary>
    /// <param name="site">Where.</param>
    /// <param name="count">How many messages it has, the last one an answer.</param>
    public static async Task<string> ImportAsync(Site site, int count)
    {
        var file = new StringBuilder();
        file.Append("""{"type":"conversation","version":1,"title":"Long"}""").Append('\n');
        for (var number = 1; number <= count; number++)
        {
            var (role, text) = number % 2 == 1 ? ("user", $"Question {(number + 1) / 2}.") : ("assistant", $"Answer {number / 2}.");
            file.Append(JsonSerializer.Serialize(new { type = "message", id = $"msg_{number}", parent = number == 1 ? null : $"msg_{number - 1}", role, content = text })).Append('\n');
        }

        using var body = new StringContent(file.ToString(), Encoding.UTF8, "application/jsonl");
        using var response = await site.Api.Http.PostAsync(new Uri("/conversations/import", UriKind.Relative), body);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, answer);
        return JsonSerializer.Deserialize<JsonElement>(answer).GetProperty("id").GetString()!;
    }

    /// <summary>Reads all of it on a page, by scrolling up.</summary>
    public static async Task ReadAllAsync(ChatPage page)
    {
        var earlier = page.Button("Show earlier messages");
        while (await earlier.IsVisibleAsync())
        {
            var before = await page.Messages.CountAsync();
            await page.Messages.First.ScrollIntoViewIfNeededAsync();
            await Expect(page.Messages.Nth(before)).ToBeAttachedAsync();
        }
    }
}
