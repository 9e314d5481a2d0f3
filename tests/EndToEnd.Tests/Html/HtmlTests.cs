using System.Net;
using OrleansChat.Testing.Html;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.Html;

/// <summary>The HTML dialect over HTTP: what is stored, what comes, and coming back at any time.</summary>
public class HtmlTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    // Blocks of all kinds, cut in the middle of marks, of line breaks, of fences.
    private static readonly string[] Pieces =
    [
        "# The s", "ky\n", "\nBecause **bl", "ue** light\r", "\nscatters <b>\n", "\n- one", "\n- two\n\n", "  more", "\n\nSo: ", "[x](javascript:alert(1)) [y](https://e.org)\n\n``", "`js\nlet a = 1 < 2;\n",
        "``", "\n`", "``\n", "\n| a | b |\n|---|--:|\n", "| 1 | 2 |\n", "\n> 😀", " end", ".",
    ];

    private const string Rendered = """
        <h3>The sky</h3>
        <p>Because <strong>blue</strong> light
        scatters &lt;b&gt;</p>
        <ul>
        <li><p>one</p>
        </li>
        <li><p>two</p>
        <p>more</p>
        </li>
        </ul>
        <p>So: x <a href="https://e.org/" rel="noopener noreferrer nofollow" target="_blank">y</a></p>
        <pre tabindex="0"><code class="language-js">let a = 1 &lt; 2;
        ``
        </code></pre>
        <div class="table-scroll" tabindex="0"><table>
        <thead>
        <tr>
        <th>a</th>
        <th class="align-right">b</th>
        </tr>
        </thead>
        <tbody>
        <tr>
        <td>1</td>
        <td class="align-right">2</td>
        </tr>
        </tbody>
        </table></div>
        <blockquote>
        <p>😀 end.</p>
        </blockquote>

        """;

    private ChatApi Api => fixture.Api;

    [Fact]
    public async Task After_a_reply_a_page_that_was_cut_off_after_any_event_gets_the_rest()
    {
        fixture.Model.Enqueue(ModelScript.Reply(Pieces));
        var conversation = await Api.CreateAsync();
        await Api.SendAsync(conversation, "*why*?\nthe sky");
        using var live = await FollowAsync(conversation, "until=idle");
        await live.ToEndAsync();
        using var whole = await FollowAsync(conversation, "until=idle");
        await whole.ToEndAsync();

        foreach (var reader in new[] { live, whole })
        {
            for (var cut = 0; cut <= reader.Events.Count; cut++)
            {
                var page = new HtmlPage();
                Show(page, reader.Events.Take(cut));
                using var rest = await FollowAsync(conversation, "until=idle", page.Cursor);
                await rest.ToEndAsync();
                page.Reconnect();
                Show(page, rest.Events);

                Assert.Equal("<p><em>why</em>?<br />\nthe sky</p>\n", page.Messages["msg_2"].Html);
                Assert.Equal((Rendered, "completed"), (page.Messages["msg_3"].Html, page.Messages["msg_3"].Status));
            }
        }
    }

    [Fact]
    public async Task During_a_reply_pages_can_leave_come_and_be_loaded_after_every_piece()
    {
        var gates = Pieces.Select(_ => new Gate()).ToArray();
        var script = ModelScript.Stream;
        for (var i = 0; i < Pieces.Length; i++)
        {
            script = script.Text(Pieces[i]).Wait(gates[i]);
        }

        fixture.Model.Enqueue(script.Finish().Done());
        var conversation = await Api.CreateAsync();
        await Api.SendAsync(conversation, "why?");
        using var native = await Api.FollowAsync(conversation, "until=idle&catchup=deltas");

        // One that comes and goes all the time, and those that were loaded at some point.
        var restless = new HtmlPage();
        var loaded = new List<(HtmlPage Page, SseConnection Connection)>();
        for (var i = 0; i < Pieces.Length; i++)
        {
            await native.UntilIdAsync(4 + i);
            var page = HtmlPage.Load(await Api.GetAsync($"/conversations/{conversation}/html/messages"));
            loaded.Add((page, await FollowAsync(conversation, $"until=idle&after={page.Cursor}")));
            using var connection = await FollowAsync(conversation, "", restless.Cursor);
            gates[i].Open();

            // What there is, if anything can be seen of it; else what comes next.
            Assert.NotNull(await connection.NextAsync());
            restless.Reconnect();
            Show(restless, connection.Events);
        }

        await native.ToEndAsync();
        using (var connection = await FollowAsync(conversation, "until=idle", restless.Cursor))
        {
            restless.Reconnect();
            await connection.ToEndAsync();
            Show(restless, connection.Events);
        }

        Assert.Equal((Rendered, "completed"), (restless.Messages["msg_3"].Html, restless.Messages["msg_3"].Status));
        foreach (var (page, connection) in loaded)
        {
            await connection.ToEndAsync();
            page.Reconnect();
            Show(page, connection.Events);
            connection.Dispose();
            Assert.Equal((Rendered, "completed"), (page.Messages["msg_3"].Html, page.Messages["msg_3"].Status));
        }
    }

    [Fact]
    public async Task A_loaded_page_has_what_one_has_that_was_there_and_the_native_message_with_it()
    {
        fixture.Model.Enqueue(ModelScript.Reply(Pieces));
        var conversation = await Api.CreateAsync();
        using (var reader = await Api.SendAndFollowAsync(conversation, "<script>alert(1)</script>"))
        {
            await reader.ToEndAsync();
        }

        var list = await Api.GetAsync($"/conversations/{conversation}/html/messages");
        var one = await Api.GetAsync($"/conversations/{conversation}/html/messages/msg_3");
        var native = await Api.GetAsync($"/conversations/{conversation}/messages");

        var page = HtmlPage.Load(list);
        Assert.Equal((await Api.GetAsync($"/conversations/{conversation}")).GetProperty("sequence").GetInt64(), page.Cursor);
        Assert.Equal("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n", page.Messages["msg_2"].Html);
        Assert.Equal(Rendered, page.Messages["msg_3"].Html);
        Assert.Equal(list.GetProperty("data")[1].GetProperty("blocks").GetRawText(), one.GetProperty("blocks").GetRawText());
        Assert.Equal(
            native.GetProperty("data").EnumerateArray().Select(message => message.GetRawText()),
            list.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("message").GetRawText()));
        Assert.Equal(native.GetProperty("head").GetString(), list.GetProperty("head").GetString());
    }

    [Fact]
    public async Task A_reply_that_ends_where_its_reader_stopped_ends_there_on_every_page()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("one\n\n", "two ", "three\n\n", "four").Stall());
        var conversation = await Api.CreateAsync();
        await Api.SendAsync(conversation, "go");
        using var reader = await FollowAsync(conversation, "until=idle");
        var page = new HtmlPage();
        while (page.Messages.GetValueOrDefault("msg_3")?.Html.Contains("four", StringComparison.Ordinal) != true)
        {
            page.Take((await reader.NextAsync())!);
        }

        await Api.PostAsync($"/conversations/{conversation}/cancel", new { at = 5 });
        while (await reader.NextAsync() is { } news)
        {
            page.Take(news);
        }

        var loaded = HtmlPage.Load(await Api.GetAsync($"/conversations/{conversation}/html/messages"));
        Assert.Equal(("<p>one</p>\n<p>two</p>\n", "cancelled"), (page.Messages["msg_3"].Html, page.Messages["msg_3"].Status));
        Assert.Equal(page.Messages["msg_3"].Blocks, loaded.Messages["msg_3"].Blocks);
    }

    [Theory]
    [InlineData("html/events?after=99", HttpStatusCode.Gone, "cursor_beyond_head")]
    [InlineData("html/events?after=x", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("html/events?until=never", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("html/messages?limit=0", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("html/messages?head=msg_9", HttpStatusCode.BadRequest, "unknown_message")]
    [InlineData("html/messages/msg_9", HttpStatusCode.NotFound, "message_not_found")]
    public async Task What_cannot_be_read_gets_an_answer_that_says_so(string path, HttpStatusCode status, string code)
    {
        var conversation = await Api.CreateAsync();
        var problem = await Api.GetAsync($"/conversations/{conversation}/{path}", status);

        Assert.Equal(code, problem.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("events")]
    [InlineData("messages")]
    [InlineData("messages/msg_2")]
    public async Task A_conversation_that_does_not_exist_is_not_found(string path)
    {
        var problem = await Api.GetAsync($"/conversations/conv_01k9xf2q6r3m8t5v0w7y1z4b2c/html/{path}", HttpStatusCode.NotFound);

        Assert.Equal("conversation_not_found", problem.GetProperty("code").GetString());
    }

    private static void Show(HtmlPage page, IEnumerable<SseEvent> events)
    {
        foreach (var news in events)
        {
            page.Take(news);
        }
    }

    private Task<SseConnection> FollowAsync(string conversation, string query, long? lastEventId = null) =>
        Api.OpenAsync($"/conversations/{conversation}/html/events?{query}", lastEventId);
}
