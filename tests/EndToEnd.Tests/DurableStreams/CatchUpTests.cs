using System.Net;
using System.Text;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.DurableStreams;

/// <summary>Section 5.6 of the Durable Streams protocol, and what sections 8 and 10 say of offsets and caches.</summary>
public class CatchUpTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private ChatApi Api => fixture.Api;

    [Theory]
    [InlineData("")]
    [InlineData("offset=-1")]
    [InlineData("offset=0000000000000000")]
    public async Task From_the_beginning_all_events_come_one_by_one(string query)
    {
        var conversation = await AskedAsync();
        using var follower = await Api.FollowAsync(conversation, "until=idle&catchup=deltas");
        await follower.ToEndAsync();

        using var response = await Api.ReadAsync(conversation, query);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal($"[{string.Join(',', follower.Events.Select(e => e.Data))}]", await response.Content.ReadAsStringAsync());
        Assert.Equal(StreamReads.Offset(follower.Cursor), response.Header("Stream-Next-Offset"));
        Assert.Equal("true", response.Header("Stream-Up-To-Date"));
        Assert.Null(response.Header("Stream-Closed"));
        Assert.Equal(conversation, response.Header("X-Conversation-Id"));
        Assert.Equal("no-cache, private", response.Header("Cache-Control"));
    }

    [Fact]
    public async Task A_long_stream_comes_in_pages_that_never_change()
    {
        var conversation = await Api.CreateAsync(new { title = new string('t', 200) });
        fixture.Model.Enqueue(ModelScript.Reply([.. Enumerable.Range(0, 2_000).Select(i => $"piece {i} ")]));
        using (var reply = await Api.SendAndFollowAsync(conversation, "Much, please."))
        {
            await reply.ToEndAsync();
        }

        var pages = new List<string>();
        var sequences = new List<long>();
        for (var offset = "-1"; ;)
        {
            using var page = await Api.ReadAsync(conversation, $"offset={offset}");
            var next = page.Header("Stream-Next-Offset")!;
            Assert.True(string.CompareOrdinal(next, offset) > 0 || offset == "-1");
            sequences.AddRange(await page.SequencesAsync());
            pages.Add(await page.Content.ReadAsStringAsync());
            Assert.Equal(StreamReads.Offset(sequences[^1]), next);
            if (page.Header("Stream-Up-To-Date") == "true")
            {
                Assert.Equal("no-cache, private", page.Header("Cache-Control"));
                break;
            }

            using var again = await Api.ReadAsync(conversation, $"offset={offset}");
            Assert.Equal(pages[^1], await again.Content.ReadAsStringAsync());
            Assert.Equal(page.Headers.ETag, again.Headers.ETag);
            Assert.Equal("max-age=60, private, stale-while-revalidate=300", page.Header("Cache-Control"));
            offset = next;
        }

        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(i => (long)i), sequences);
        Assert.InRange(pages.Count, 3, 10);
        Assert.All(pages, page => Assert.InRange(Encoding.UTF8.GetByteCount(page), 1, 66_000));
    }

    [Fact]
    public async Task At_the_end_there_is_an_empty_array_and_the_same_offset()
    {
        var conversation = await Api.CreateAsync();

        using var response = await Api.ReadAsync(conversation, "offset=0000000000000001");

        Assert.Equal("[]", await response.Content.ReadAsStringAsync());
        Assert.Equal(StreamReads.Offset(1), response.Header("Stream-Next-Offset"));
        Assert.Equal("true", response.Header("Stream-Up-To-Date"));
    }

    [Fact]
    public async Task Now_is_the_end_and_is_not_kept_by_anybody()
    {
        var conversation = await AskedAsync();

        using var response = await Api.ReadAsync(conversation, "offset=now");
        using var head = await Api.RequestAsync(HttpMethod.Head, $"/streams/{conversation}", null);

        Assert.Equal("[]", await response.Content.ReadAsStringAsync());
        Assert.Equal(head.Header("Stream-Next-Offset"), response.Header("Stream-Next-Offset"));
        Assert.Equal("true", response.Header("Stream-Up-To-Date"));
        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Null(response.Headers.ETag);
    }

    [Fact]
    public async Task A_page_that_the_reader_has_is_not_sent_again()
    {
        var conversation = await Api.CreateAsync();
        using var first = await Api.ReadAsync(conversation, "offset=-1");
        var tag = first.Headers.ETag!.ToString();

        using var known = await Api.ReadAsync(conversation, "offset=-1", ("If-None-Match", tag));
        using var other = await Api.ReadAsync(conversation, "offset=-1", ("If-None-Match", "\"another\""));
        await Api.SendAndWaitAsync(conversation);
        using var grown = await Api.ReadAsync(conversation, "offset=-1", ("If-None-Match", tag));

        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Equal("", await known.Content.ReadAsStringAsync());
        Assert.Equal(tag, known.Headers.ETag!.ToString());
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Equal(HttpStatusCode.OK, grown.StatusCode);
        Assert.NotEqual(tag, grown.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task Head_tells_the_end_of_a_conversation_which_is_never_for_good()
    {
        var conversation = await Api.CreateAsync();

        using var response = await Api.RequestAsync(HttpMethod.Head, $"/streams/{conversation}", null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(StreamReads.Offset(1), response.Header("Stream-Next-Offset"));
        Assert.Null(response.Header("Stream-Closed"));
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
    }

    private async Task<string> AskedAsync()
    {
        var conversation = await Api.CreateAsync();
        await Api.SendAndWaitAsync(conversation);
        return conversation;
    }
}
