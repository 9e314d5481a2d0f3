using System.Net;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.Resume;

/// <summary>A reader can leave anywhere and come back, and misses nothing.</summary>
public class ResumeTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    // Everything that could break when it is cut or merged: quotes, breaks, emoji of several parts, right-to-left, line
    // separators, and text that looks like the protocol.
    private static readonly string[] Pieces =
    [
        "Because", " the", " \"sky\"", "\n\n", "* scatters ", "👩‍🚀", "🇪🇺", " שלום", " a\\b", "\u2028", "data: [DONE]\n\n", "id: 99\n",
        "event: reply.completed\n", "<script>", "\t", "\u0001", "é", "e\u0301", "日本", "}", "\"}", "\r\n", " end", ".",
    ];

    [Theory]
    [InlineData("deltas")]
    [InlineData("coalesced")]
    public async Task After_a_reply_every_cursor_gives_exactly_the_rest(string catchup)
    {
        var (conversation, whole) = await ReplyAsync();
        foreach (var byHeader in new[] { false, true })
        {
            for (var cursor = 0L; cursor < whole.Cursor; cursor++)
            {
                using var reader = byHeader
                    ? await fixture.Api.FollowAsync(conversation, $"until=idle&catchup={catchup}&after=3", lastEventId: cursor)
                    : await fixture.Api.FollowAsync(conversation, $"until=idle&catchup={catchup}&after={cursor}");
                await reader.ToEndAsync();
                AssertContinues(whole, reader, cursor, exact: catchup == "deltas");
            }
        }
    }

    [Theory]
    [InlineData("deltas")]
    [InlineData("coalesced")]
    public async Task During_a_reply_every_cursor_gives_exactly_the_rest(string catchup)
    {
        // The model waits after each piece until a reader has come in at that point.
        var gates = Pieces.Select(_ => new Gate()).ToArray();
        var script = ModelScript.Stream;
        for (var i = 0; i < Pieces.Length; i++)
        {
            script = script.Text(Pieces[i]).Wait(gates[i]);
        }

        fixture.Model.Enqueue(script.Finish().Usage(7, 24).Done());
        var conversation = await fixture.Api.CreateAsync();
        await fixture.Api.SendAsync(conversation, "why?");
        using var whole = await fixture.Api.FollowAsync(conversation, "until=idle&catchup=deltas");
        var readers = new List<(long Cursor, SseConnection Reader)>();
        for (var i = 0; i < Pieces.Length; i++)
        {
            await whole.UntilIdAsync(4 + i);
            // Every sequence while it is the newest, both ways, and some from further back.
            var head = whole.Cursor;
            foreach (var cursor in new[] { 0, head / 2, head - 1, head }.Distinct())
            {
                readers.Add((cursor, await fixture.Api.FollowAsync(conversation, $"until=idle&catchup={catchup}&after={cursor}")));
                readers.Add((cursor, await fixture.Api.FollowAsync(conversation, $"until=idle&catchup={catchup}", cursor)));
            }

            gates[i].Open();
        }

        await whole.ToEndAsync();
        Assert.Equal(string.Concat(Pieces), whole.Text);
        foreach (var (cursor, reader) in readers)
        {
            await reader.ToEndAsync();
            AssertContinues(whole, reader, cursor, exact: catchup == "deltas");
            reader.Dispose();
        }
    }

    [Fact]
    public async Task A_reader_that_is_cut_off_again_and_again_has_the_whole_text_in_the_end()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text(Enumerable.Repeat("word ", 300), TimeSpan.FromMilliseconds(2)).Finish().Done());
        var conversation = await fixture.Api.CreateAsync();
        await fixture.Api.SendAsync(conversation, "why?");

        var events = new List<SseEvent>();
        for (var cut = 0; events.Count == 0 || events[^1].Type != "reply.completed"; cut++)
        {
            using var reader = await fixture.Api.FollowAsync(conversation, "", lastEventId: events.Count == 0 ? null : events[^1].Id);
            for (var read = 0; read <= cut % 7 && await reader.NextAsync() is { } next; read++)
            {
                events.Add(next);
                if (next.Type == "reply.completed")
                {
                    break;
                }
            }
        }

        Assert.Equal(string.Concat(Enumerable.Repeat("word ", 300)), SseConnection.TextOf(events));
        Assert.Equal(events.Select(e => e.Id).Order().Distinct(), events.Select(e => e.Id));
    }

    [Fact]
    public async Task Sending_and_following_in_one_request_gives_the_stored_message_to_the_reply_s_end()
    {
        fixture.Model.Enqueue(ModelScript.Reply(Pieces));
        var conversation = await fixture.Api.CreateAsync();

        using var reader = await fixture.Api.SendAndFollowAsync(conversation, "why?");
        await reader.ToEndAsync();

        Assert.False(reader.WasCut);
        Assert.Equal("message.created", reader.Events[0].Type);
        Assert.Equal("why?", reader.Events[0].Json.GetProperty("content").GetString());
        Assert.Equal("reply.started", reader.Events[1].Type);
        Assert.Equal("reply.completed", reader.Events[^1].Type);
        Assert.Equal(string.Concat(Pieces), reader.Text);
    }

    [Fact]
    public async Task A_finished_conversation_tells_a_browser_not_to_come_back()
    {
        var (conversation, whole) = await ReplyAsync();

        using var reader = await fixture.Api.FollowAsync(conversation, "until=idle", lastEventId: whole.Cursor);

        Assert.Equal(HttpStatusCode.NoContent, reader.Status);
    }

    [Fact]
    public async Task A_follower_without_an_end_gets_the_next_turn_too()
    {
        var (conversation, whole) = await ReplyAsync();
        using var reader = await fixture.Api.FollowAsync(conversation, $"after={whole.Cursor}");
        fixture.Model.Enqueue(ModelScript.Reply("again"));

        await fixture.Api.SendAsync(conversation, "and now?");
        await reader.UntilAsync("reply.completed");

        Assert.Equal("again", reader.Text);
        Assert.Equal(whole.Cursor + 1, reader.Events[0].Id);
    }

    [Theory]
    [InlineData("after=99", null, HttpStatusCode.Gone, "cursor_beyond_head")]
    [InlineData("", "99", HttpStatusCode.Gone, "cursor_beyond_head")]
    [InlineData("after=-1", null, HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("after=abc", null, HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("after=1", "x", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("after=99999999999999999999", null, HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("until=never", null, HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("catchup=some", null, HttpStatusCode.BadRequest, "invalid_request")]
    public async Task A_cursor_that_cannot_be_gets_an_answer_that_says_so(string query, string? header, HttpStatusCode status, string code)
    {
        var conversation = await fixture.Api.CreateAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/conversations/{conversation}/events?{query}");
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", header);
        }

        using var response = await fixture.Api.Http.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains($"\"code\":\"{code}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stream_s_headers_keep_proxies_from_holding_it_back()
    {
        var conversation = await fixture.Api.CreateAsync();
        using var reader = await fixture.Api.FollowAsync(conversation);

        Assert.Equal("text/event-stream", reader.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache, no-transform", reader.Response.Headers.NonValidated["Cache-Control"].ToString());
        Assert.Equal("no", reader.Response.Headers.GetValues("X-Accel-Buffering").Single());
    }

    private async Task<(string Conversation, SseConnection Whole)> ReplyAsync()
    {
        fixture.Model.Enqueue(ModelScript.Reply(Pieces));
        var conversation = await fixture.Api.CreateAsync();
        await fixture.Api.SendAsync(conversation, "why?");
        using var whole = await fixture.Api.FollowAsync(conversation, "until=idle&catchup=deltas");
        await whole.ToEndAsync();
        Assert.Equal(string.Concat(Pieces), whole.Text);
        Assert.Equal(Enumerable.Range(1, whole.Events.Count).Select(id => (long)id), whole.Events.Select(e => e.Id));
        return (conversation, whole);
    }

    private static void AssertContinues(SseConnection whole, SseConnection reader, long cursor, bool exact)
    {
        var rest = whole.Events.Where(e => e.Id > cursor).ToArray();
        Assert.False(reader.WasCut);
        if (exact)
        {
            Assert.Equal(rest, reader.Events);
        }

        Assert.Equal(SseConnection.TextOf(rest), reader.Text);
        Assert.Equal(rest.Where(e => e.Type != "reply.delta"), reader.Events.Where(e => e.Type != "reply.delta"));
        Assert.Equal(rest[^1].Id, reader.Cursor);
    }
}
