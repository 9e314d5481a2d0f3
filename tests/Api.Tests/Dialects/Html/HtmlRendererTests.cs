using System.Buffers;
using OrleansChat.Contents;
using OrleansChat.Dialects.Html.Events;
using OrleansChat.Events;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Dialects.Html;

/// <summary>What a reader gets, event by event.</summary>
public sealed class HtmlRendererTests
{
    private const string Reply = "msg_3";

    [Fact]
    public void A_block_comes_once_and_what_still_grows_as_it_grows()
    {
        var page = Started();
        page.Send(Text(4, "Hello *w")).Send(Text(5, "orld*.\n\nAnd")).Send(Text(6, " so")).Send(Blocks.Of(Blocks.Completed(7, Reply)));

        Assert.Equal(
            [
                ("growing", 4, """{"message":"msg_3","index":0,"keep":0,"html":"<p>Hello *w</p>\n"}"""),
                ("block", 5, """{"message":"msg_3","index":0,"html":"<p>Hello <em>world</em>.</p>\n"}"""),
                ("growing", 5, """{"message":"msg_3","index":1,"keep":0,"html":"<p>And</p>\n"}"""),
                ("growing", 6, """{"message":"msg_3","index":1,"keep":6,"html":" so</p>\n"}"""),
                ("block", 6, """{"message":"msg_3","index":1,"html":"<p>And so</p>\n"}"""),
                ("reply.ended", 7, """{"message":"msg_3","sequence":7,"status":"completed","blocks":2,"at":"2026-11-21T08:15:30.250Z","finish_reason":"stop","usage":{"input_tokens":3,"output_tokens":4}}"""),
            ],
            page.Events.Skip(2).Select(news => (news.Type, (int)news.Id, news.Data)));
        Assert.Equal("<p>Hello <em>world</em>.</p>\n<p>And so</p>\n", page.Page.Messages[Reply].Html);
    }

    [Fact]
    public void While_more_is_at_hand_only_what_is_finished_is_sent()
    {
        var page = Started();
        page.Send(Text(4, "a"), hasMore: true).Send(Text(5, "b\n\nc"), hasMore: true).Send(Text(6, "d"));

        Assert.Equal(["block", "growing"], page.Events.Skip(2).Select(news => news.Type));
        Assert.Equal("<p>ab</p>\n<p>cd</p>\n", page.Page.Messages[Reply].Html);
    }

    [Fact]
    public void Of_what_belongs_together_only_the_last_is_a_cursor()
    {
        var page = Started();
        page.Send(Text(4, "a\n\nb\n\nc\n\n"));

        Assert.Equal(["", "", "4"], Ids(page));
    }

    [Fact]
    public void Code_is_appended_to_until_it_is_closed()
    {
        var page = Started();
        page.Send(Text(4, "```js\n")).Send(Text(5, "a < b\r")).Send(Text(6, "\n``")).Send(Text(7, "`x\n")).Send(Text(8, "``")).Send(Text(9, "`\nend"));

        Assert.Equal(
            [
                ("growing", """{"message":"msg_3","index":0,"keep":0,"html":"<pre tabindex=\"0\"><code class=\"language-js\"></code></pre>\n"}"""),
                ("append", """{"message":"msg_3","index":0,"text":"a < b"}"""),
                ("append", """{"message":"msg_3","index":0,"text":"\n"}"""),
                ("append", """{"message":"msg_3","index":0,"text":"```x\n"}"""),
                ("block", """{"message":"msg_3","index":0,"html":"<pre tabindex=\"0\"><code class=\"language-js\">a &lt; b\n```x\n</code></pre>\n"}"""),
                ("growing", """{"message":"msg_3","index":1,"keep":0,"html":"<p>end</p>\n"}"""),
            ],
            page.Events.Skip(2).Select(news => (news.Type, news.Data)));
    }

    [Fact]
    public void Thinking_calls_and_refusals_are_text_with_its_place()
    {
        var page = Started();
        page.Send(Blocks.Of(
            new ReplyReasoning(Reply, "Let ") { Sequence = 4 },
            new ReplyReasoning(Reply, "me") { Sequence = 5 },
            new ReplyReasoning(Reply, "", "signed") { Sequence = 6 },
            new ReplyReasoning(Reply, " think") { Sequence = 7 },
            new ReplyToolCall(Reply, 0, "{\"a\"", "call_1", "f") { Sequence = 8 },
            new ReplyToolCall(Reply, 0, ":1}") { Sequence = 9 },
            new ReplyToolCall(Reply, 1, "", "call_2", "g") { Sequence = 10 }));
        page.Send(Blocks.Of(new ReplyReasoning(Reply, "?") { Sequence = 11 }, new ReplyRefusal(Reply, "No.") { Sequence = 12 }));

        Assert.Equal(
            [
                """reasoning {"message":"msg_3","offset":0,"text":"Let me think"}""",
                """tool {"message":"msg_3","index":0,"id":"call_1","name":"f","offset":0,"text":"{\"a\":1}"}""",
                """tool {"message":"msg_3","index":1,"id":"call_2","name":"g","offset":0,"text":""}""",
                """reasoning {"message":"msg_3","offset":12,"text":"?"}""",
                """refusal {"message":"msg_3","offset":0,"text":"No."}""",
            ],
            page.Events.Skip(2).Select(news => $"{news.Type} {news.Data}"));
    }

    [Fact]
    public void A_reply_that_begins_anew_has_nothing_of_what_it_was()
    {
        var page = Started();
        page.Send(Text(4, "void\n\nvoid")).Send(Blocks.Of(Blocks.Restarted(5, Reply))).Send(Text(6, "new")).Send(Blocks.Of(Blocks.Completed(7, Reply)));

        Assert.Equal("<p>new</p>\n", page.Page.Messages[Reply].Html);
    }

    [Theory]
    [InlineData(11, "<p>one</p>\n<p>two th</p>\n", new[] { "block", "reply.ended" })]
    [InlineData(5, "<p>one</p>\n", new[] { "reply.ended" })]
    [InlineData(2, "<p>on</p>\n", new[] { "block", "reply.ended" })]
    [InlineData(0, "", new[] { "reply.ended" })]
    public void A_reply_that_is_cut_has_the_blocks_of_what_is_left(int length, string html, string[] told)
    {
        var page = Started();
        page.Send(Text(4, "one\n\ntwo three\n\nfour"));
        var before = page.Events.Count;
        page.Send(Blocks.Of(new ReplyCancelled(Reply, null, Blocks.At, 4, length) { Sequence = 5 }));

        Assert.Equal(html, page.Page.Messages[Reply].Html);
        Assert.Equal(told, page.Events.Skip(before).Select(news => news.Type));
    }

    [Fact]
    public void A_message_comes_whole_with_what_else_it_has()
    {
        var page = new RenderedPage();
        page.Send(Blocks.Of(Blocks.Asked(2, "a\n<b>") with { Request = "r1", Parts = [new ContentPart(ContentPartType.Text) { Text = "a\n<b>" }] }));

        var json = page.Events[0].Json;
        Assert.Equal(("message", 2), (page.Events[0].Type, (int)page.Events[0].Id));
        Assert.Equal(("r1", "user", "a\n<b>"), (json.GetProperty("request").GetString(), json.GetProperty("message").GetProperty("role").GetString(), json.GetProperty("message").GetProperty("content").GetString()));
        Assert.Equal("<p>a<br />\n&lt;b&gt;</p>\n", page.Page.Messages["msg_2"].Html);
    }

    [Fact]
    public void Whatever_else_happens_is_told_as_natively()
    {
        var page = Started();
        page.Send(Blocks.Of(Blocks.Continued(4, Reply), new MessageDeleted("msg_2", Blocks.At) { Sequence = 5 }, new ReplyAttached(Reply, "c2VjcmV0") { Sequence = 6 }));

        Assert.Equal(["reply.continued", "message.deleted"], page.Page.Others);
    }

    [Fact]
    public void Long_code_is_sent_twice_and_no_more()
    {
        var page = Started();
        var lines = Enumerable.Range(0, 10_000).Select(number => $"line {number} of <code>;\n").ToList();
        page.Send(Text(4, "```\n"));
        for (var i = 0; i < lines.Count; i++)
        {
            page.Send(Text(5 + i, lines[i]));
        }

        page.Send(Blocks.Of(Blocks.Completed(5 + lines.Count, Reply)));
        var length = lines.Sum(line => line.Length);

        // Once as it grows, once as a whole, and what every event needs.
        Assert.InRange(page.Bytes, 2 * length, (2.5 * length) + (lines.Count * 100));
        Assert.Equal($"<pre tabindex=\"0\"><code>{string.Concat(lines).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)}</code></pre>\n", page.Page.Messages[Reply].Html);
    }

    [Theory]
    [InlineData("Some words of a paragraph with `code` and **more**.\n\n")]
    [InlineData("words without any end ")]
    [InlineData("- an item of one long list\n")]
    [InlineData("> a line of a quotation\n")]
    [InlineData("line of code\n", "```\n")]
    [InlineData("|1|2|\n", "|a|b|\n|-|-|\n")]
    public void The_cost_of_a_reply_grows_with_its_length(string line, string before = "")
    {
        _ = Cost(line, 100, before);
        var (once, twice) = (Cost(line, 1000, before), Cost(line, 2000, before));

        Assert.InRange((double)twice / once, 1, 2.6);
    }

    // Memory that was asked for stands for work: it is the same every time.
    private static long Cost(string line, int events, string before)
    {
        var (renderer, output) = (new HtmlRenderer(null, 0), new ArrayBufferWriter<byte>());
        renderer.Render(Blocks.Of(Blocks.Started(3)), output);
        var start = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i <= events; i++)
        {
            output.ResetWrittenCount();
            renderer.Render(i < events ? Text(4 + i, i == 0 ? before + line : line) : Blocks.Of(Blocks.Completed(4 + events, Reply)), output);
            renderer.CatchUp(output);
        }

        return GC.GetAllocatedBytesForCurrentThread() - start;
    }

    private static RenderedPage Started() => new RenderedPage().Send(Blocks.Of(Blocks.Asked(2), Blocks.Started(3)));

    private static EventBlock Text(long sequence, string text) => Blocks.Deltas(sequence, Reply, text);

    private static IEnumerable<string> Ids(RenderedPage page) => page.RawIds.Skip(2);
}
