using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Dialects.ChatCompletions;
using OrleansChat.Dialects.ContentSse;
using OrleansChat.Dialects.Native;
using OrleansChat.Dialects.PlainText;
using OrleansChat.Events;
using OrleansChat.Feeds;
using OrleansChat.Streaming;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Streaming;

/// <summary>A reply begins anew, which some dialects cannot say.</summary>
public sealed class RestartedReplyTests : IDisposable
{
    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));
    private readonly FakeConversation grain = new();
    private readonly ConversationFeeds feeds;
    private readonly MemoryStream body = new();

    public RestartedReplyTests()
    {
        feeds = new ConversationFeeds(_ => grain, new FeedNumbers(new NodeId("here")), TimeProvider.System);
        grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3)));
    }

    private string Written => Encoding.UTF8.GetString(body.ToArray());

    public void Dispose() => body.Dispose();

    [Fact]
    public async Task Text_of_which_the_client_has_some_is_cut_off()
    {
        grain.Commit(Blocks.Deltas(4, "msg_3", "void"));

        await Assert.ThrowsAsync<CutOffException>(() => RunAsync(new PlainTextRenderer(), Anew));

        Assert.Equal("void\n\n[error] restarted: The reply began anew on another server; the text above is void.\n", Written);
    }

    [Fact]
    public async Task Content_frames_of_which_the_client_has_some_are_cut_off()
    {
        grain.Commit(Blocks.Deltas(4, "msg_3", "void"));

        await Assert.ThrowsAsync<CutOffException>(() => RunAsync(new ContentSseRenderer(), Anew));

        Assert.EndsWith("data: {\"error\":{\"code\":\"restarted\",\"message\":\"The reply began anew on another server; the text so far is void.\"}}\n\n", Written, StringComparison.Ordinal);
        Assert.DoesNotContain("anew\"}\n", Written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_which_the_client_has_none_yet_is_left_out()
    {
        grain.Commit(Blocks.Of(
            Blocks.Delta(4, "msg_3", "void"), Blocks.Restarted(5, "msg_3"), Blocks.Delta(6, "msg_3", "anew"), Blocks.Completed(7, "msg_3")));

        await RunAsync(new PlainTextRenderer());

        Assert.Equal("anew\n\n[usage] input_tokens=3 output_tokens=4 total_tokens=7\n", Written);
    }

    [Fact]
    public async Task Thoughts_and_calls_count_where_they_are_shown()
    {
        grain.Commit(Blocks.Of(new ReplyToolCall("msg_3", 0, "{}", "call_a", "f") { Sequence = 4 }));

        await Assert.ThrowsAsync<CutOffException>(() => RunAsync(new ChatCompletionRenderer("chatcmpl-x_3", "msg_3", 0, false), Anew));

        Assert.Contains("\"code\":\"reply_restarted\"", Written, StringComparison.Ordinal);
        Assert.DoesNotContain("anew\"", Written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_client_has_from_an_earlier_connection_is_cut_off_though_it_began_anew_just_before_this_one()
    {
        // When its cursor was looked at, nothing was void.
        var known = VoidContent.None;
        grain.Commit(Blocks.Of(Blocks.Delta(4, "msg_3", "void"), Blocks.Restarted(5, "msg_3"), Blocks.Delta(6, "msg_3", "anew"), Blocks.Completed(7, "msg_3")));

        await Assert.ThrowsAsync<CutOffException>(() => RunAsync(new ChatCompletionRenderer("chatcmpl-x_3", "msg_3", 4, false), known: known));

        Assert.Contains("\"code\":\"reply_restarted\"", Written, StringComparison.Ordinal);
        Assert.DoesNotContain("anew\"", Written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task Who_comes_after_that_gets_what_counts_however_much_is_void(int page)
    {
        grain.PageBlocks = page;
        grain.Commit(Blocks.Deltas(4, "msg_3", "void"));
        grain.Commit(Blocks.Deltas(5, "msg_3", "void", "void"));
        grain.Commit(Blocks.Of(Blocks.Restarted(7, "msg_3"), Blocks.Delta(8, "msg_3", "void")));
        grain.Commit(Blocks.Deltas(9, "msg_3", "void"));
        grain.Commit(Blocks.Of(Blocks.Restarted(10, "msg_3", 2), Blocks.Delta(11, "msg_3", "anew"), Blocks.Completed(12, "msg_3")));

        await RunAsync(new PlainTextRenderer());

        Assert.Equal("anew\n\n[usage] input_tokens=3 output_tokens=4 total_tokens=7\n", Written);
    }

    [Fact]
    public async Task Natively_all_of_it_is_told_as_it_was()
    {
        grain.Commit(Blocks.Of(
            Blocks.Delta(4, "msg_3", "void"), Blocks.Restarted(5, "msg_3"), Blocks.Delta(6, "msg_3", "anew"), Blocks.Completed(7, "msg_3")));

        await RunAsync(new NativeRenderer(merge: true));

        var types = Written.Split('\n').Where(line => line.StartsWith("event: ", StringComparison.Ordinal)).Select(line => line[7..]);
        Assert.Equal(["reply.started", "reply.delta", "reply.restarted", "reply.delta", "reply.completed"], types);
    }

    private static EventBlock Anew => Blocks.Of(Blocks.Restarted(5, "msg_3"), Blocks.Delta(6, "msg_3", "anew"), Blocks.Completed(7, "msg_3"));

    // What comes later comes when all that is there has been sent.
    private async Task RunAsync(IEventRenderer renderer, EventBlock? later = null, VoidContent? known = null)
    {
        using var membership = await feeds.JoinAsync(key, after: 2, CancellationToken.None);
        var context = new DefaultHttpContext { Response = { Body = body } };
        var stream = new EventStream(membership, renderer, cursor: 2, StreamUntil.ReplyEnd, NullLogger.Instance, known: known);
        var running = stream.RunAsync(context, CancellationToken.None);
        if (later is not null)
        {
            Assert.Equal(0, stream.Lag);
            membership.Feed.Accept(new DeliveryItem(key, DeliveryKind.Events, grain.Commit(later)));
        }

        await running;
    }
}
