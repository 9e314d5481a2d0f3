using System.Net;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.DurableStreams;

/// <summary>The stream of one message, which closes (section 4.1 of the Durable Streams protocol).</summary>
public class MessageStreamTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private ChatApi Api => fixture.Api;

    [Fact]
    public async Task A_reply_is_closed_with_its_end_and_what_comes_later_is_no_part_of_it()
    {
        var conversation = await Api.CreateAsync();
        var reply = await Api.SendAndWaitAsync(conversation);
        await Api.SendAndWaitAsync(conversation);

        using var whole = await Api.ReadAsync($"{conversation}/{reply}");
        using var head = await Api.RequestAsync(HttpMethod.Head, $"/streams/{conversation}/{reply}", null);
        var end = whole.Header("Stream-Next-Offset")!;
        using var behind = await Api.ReadAsync($"{conversation}/{reply}", $"offset={end}");
        using var poll = await Api.ReadAsync($"{conversation}/{reply}", $"offset={end}&live=long-poll");
        using var now = await Api.ReadAsync($"{conversation}/{reply}", "offset=now");

        Assert.Equal([3, 4, 5, 6, 7, 8], await whole.SequencesAsync());
        Assert.Equal("true", whole.Header("Stream-Closed"));
        Assert.EndsWith(":c\"", whole.Headers.ETag!.ToString(), StringComparison.Ordinal);
        Assert.Equal((StreamReads.Offset(8), "true"), (head.Header("Stream-Next-Offset"), head.Header("Stream-Closed")));
        Assert.Equal(("[]", "true", "true"), (await behind.Content.ReadAsStringAsync(), behind.Header("Stream-Closed"), behind.Header("Stream-Up-To-Date")));
        Assert.Equal((HttpStatusCode.NoContent, "true", end), (poll.StatusCode, poll.Header("Stream-Closed"), poll.Header("Stream-Next-Offset")));
        Assert.Equal(("[]", "true", end), (await now.Content.ReadAsStringAsync(), now.Header("Stream-Closed"), now.Header("Stream-Next-Offset")));
    }

    [Fact]
    public async Task What_happens_beside_a_reply_is_left_out()
    {
        var conversation = await Api.CreateAsync();
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Wait(gate).Text("two").Finish().Usage(1, 2).Done());
        await Api.SendAsync(conversation, "Count.");
        await gate.Reached;
        await Api.SendAsync(HttpMethod.Patch, $"/conversations/{conversation}", body: new { title = "Numbers" });
        using var open = await Api.RequestAsync(HttpMethod.Head, $"/streams/{conversation}/msg_3", null);
        gate.Open();
        using (var rest = await Api.FollowAsync(conversation, "until=idle"))
        {
            await rest.ToEndAsync();
        }

        using var stream = await Api.ReadAsync($"{conversation}/msg_3");
        using var question = await Api.ReadAsync($"{conversation}/msg_2");

        Assert.Null(open.Header("Stream-Closed"));
        Assert.Equal(
            ["reply.started", "reply.delta", "reply.delta", "reply.completed"],
            (await stream.MessagesAsync()).Select(message => message.GetProperty("type").GetString()));
        Assert.Equal([2], await question.SequencesAsync());
        Assert.Equal("true", question.Header("Stream-Closed"));
    }

    [Fact]
    public async Task A_reader_of_a_running_reply_finds_its_end_in_the_page_that_has_it()
    {
        var conversation = await Api.CreateAsync();
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Wait(gate).Text("two").Finish().Usage(1, 2).Done());
        await Api.SendAsync(conversation, "Count.");
        await gate.Reached;

        var pages = new List<HttpResponseMessage> { await Api.ReadAsync($"{conversation}/msg_3", "offset=-1&live=long-poll") };
        gate.Open();
        while (pages[^1].Header("Stream-Closed") is null)
        {
            pages.Add(await Api.ReadAsync($"{conversation}/msg_3", $"offset={pages[^1].Header("Stream-Next-Offset")}&live=long-poll"));
        }

        var sequences = new List<long>();
        foreach (var page in pages)
        {
            if (page.StatusCode == HttpStatusCode.OK)
            {
                sequences.AddRange(await page.SequencesAsync());
            }

            page.Dispose();
        }

        Assert.Equal([3, 4, 5, 6], sequences);
    }
}
