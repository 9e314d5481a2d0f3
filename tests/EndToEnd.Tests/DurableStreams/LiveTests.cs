using System.Globalization;
using System.Net;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.DurableStreams;

/// <summary>Sections 5.7 and 5.8 of the Durable Streams protocol.</summary>
public class LiveTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private ChatApi Api => fixture.Api;

    [Fact]
    public async Task A_long_poll_waits_for_what_comes_next()
    {
        var conversation = await Api.CreateAsync();

        var waiting = Api.ReadAsync(conversation, $"offset={StreamReads.Offset(1)}&live=long-poll");
        await Api.SendAndWaitAsync(conversation);
        using var response = await waiting;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(2, (await response.SequencesAsync())[0]);
        Assert.NotNull(response.Header("Stream-Cursor"));
    }

    [Fact]
    public async Task A_long_poll_answers_at_once_with_what_is_there()
    {
        var conversation = await Api.CreateAsync();

        using var response = await Api.ReadAsync(conversation, "offset=-1&live=long-poll");

        Assert.Equal([1], await response.SequencesAsync());
        Assert.Equal(("true", StreamReads.Offset(1)), (response.Header("Stream-Up-To-Date"), response.Header("Stream-Next-Offset")));
        Assert.NotNull(response.Headers.ETag);
    }

    [Fact]
    public async Task A_cursor_only_ever_grows()
    {
        var conversation = await Api.CreateAsync();
        using var first = await Api.ReadAsync(conversation, "offset=-1&live=long-poll");
        var cursor = first.Header("Stream-Cursor");

        using var second = await Api.ReadAsync(conversation, $"offset=-1&live=long-poll&cursor={cursor}");
        using var odd = await Api.ReadAsync(conversation, "offset=-1&live=long-poll&cursor=abc");

        Assert.True(Number(second.Header("Stream-Cursor")) > Number(cursor));
        Assert.InRange(Number(odd.Header("Stream-Cursor")), Number(cursor), Number(cursor) + 1);
    }

    [Fact]
    public async Task Server_sent_events_bring_messages_each_with_where_they_end()
    {
        var conversation = await Api.CreateAsync();
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Wait(gate).Text("two").Finish().Usage(1, 2).Done());
        using var stream = await OpenAsync($"{conversation}?offset=-1&live=sse");
        var sending = Api.SendAsync(conversation, "Count.");
        var seen = new List<long>();
        for (var frames = 1; seen.Count < 6; frames++)
        {
            var data = (await stream.NextAsync())!;
            var control = (await stream.NextAsync())!;
            Assert.Equal(("data", "control"), (data.Type, control.Type));
            seen.AddRange(data.Json.EnumerateArray().Select(message => message.GetProperty("sequence").GetInt64()));
            Assert.Equal(StreamReads.Offset(seen[^1]), control.Json.GetProperty("streamNextOffset").GetString());
            Assert.True(control.Json.TryGetProperty("streamCursor", out _));
            Assert.False(control.Json.TryGetProperty("streamClosed", out _));
            if (seen.Count == 4)
            {
                Assert.True(control.Json.GetProperty("upToDate").GetBoolean());
                gate.Open();
            }
        }

        await sending;
        Assert.Equal(Enumerable.Range(1, seen.Count).Select(i => (long)i), seen);
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", stream.Response.Header("X-Content-Type-Options"));
    }

    [Fact]
    public async Task At_the_end_the_first_thing_that_comes_is_where_that_is()
    {
        var conversation = await Api.CreateAsync();
        foreach (var offset in new[] { "now", StreamReads.Offset(1) })
        {
            using var stream = await OpenAsync($"{conversation}?offset={offset}&live=sse");
            var control = (await stream.NextAsync())!;

            Assert.Equal("control", control.Type);
            Assert.Equal(StreamReads.Offset(1), control.Json.GetProperty("streamNextOffset").GetString());
            Assert.True(control.Json.GetProperty("upToDate").GetBoolean());
        }
    }

    [Fact]
    public async Task A_closed_stream_says_so_and_ends()
    {
        var conversation = await Api.CreateAsync();
        var reply = await Api.SendAndWaitAsync(conversation);
        foreach (var (offset, frames) in new[] { ("-1", 2), (StreamReads.Offset(6), 2), (StreamReads.Offset(8), 1), ("now", 1) })
        {
            using var stream = await OpenAsync($"{conversation}/{reply}?offset={offset}&live=sse");
            await stream.ToEndAsync();
            var control = stream.Events[^1].Json;

            Assert.Equal(frames, stream.Events.Count);
            Assert.False(stream.WasCut);
            Assert.Equal(
                $$"""{"streamNextOffset":"{{StreamReads.Offset(8)}}","upToDate":true,"streamClosed":true}""", control.GetRawText());
        }
    }

    [Fact]
    public async Task A_conversation_that_is_deleted_ends_its_stream_and_has_none_any_more()
    {
        var conversation = await Api.CreateAsync();
        using var stream = await OpenAsync($"{conversation}?offset=now&live=sse");
        await stream.NextAsync();
        var waiting = Api.ReadAsync(conversation, "offset=now&live=long-poll");

        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}", HttpStatusCode.NoContent);
        await stream.ToEndAsync();
        using var poll = await waiting;
        using var again = await Api.ReadAsync(conversation, "offset=now&live=sse");

        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, poll.StatusCode);
    }

    private static long Number(string? cursor) => long.Parse(cursor!, CultureInfo.InvariantCulture);

    private Task<SseConnection> OpenAsync(string stream) =>
        SseConnection.OpenAsync(Api.Http, new HttpRequestMessage(HttpMethod.Get, $"/streams/{stream}"));
}
