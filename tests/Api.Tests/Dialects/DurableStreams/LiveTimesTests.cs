using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Dialects.DurableStreams;
using OrleansChat.Feeds;
using OrleansChat.Testing;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Dialects.DurableStreams;

/// <summary>How long readers wait who wait for what does not come.</summary>
public sealed class LiveTimesTests : IDisposable
{
    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));
    private readonly ManualTimeProvider clock = new();
    private readonly FakeConversation grain = new();
    private readonly ConversationFeeds feeds;
    private readonly Node node = new();
    private readonly MemoryStream body = new();
    private readonly DefaultHttpContext context;

    public LiveTimesTests()
    {
        feeds = new ConversationFeeds(_ => grain, new FeedNumbers(new NodeId("here")), TimeProvider.System);
        grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2)));
        var services = new ServiceCollection().AddSingleton<TimeProvider>(clock).AddSingleton<IHostApplicationLifetime>(node);
        context = new DefaultHttpContext { Response = { Body = body }, RequestServices = services.BuildServiceProvider() };
    }

    private string Written => Encoding.UTF8.GetString(body.ToArray());

    public void Dispose()
    {
        node.Dispose();
        body.Dispose();
    }

    [Fact]
    public async Task A_long_poll_to_which_nothing_comes_says_so_after_20_seconds()
    {
        var answering = new PageResult(await OpenAsync(), StreamRead.Of("2", "long-poll", "7"), 2).ExecuteAsync(context);
        await clock.WaitForTimersAsync();
        clock.Advance(TimeSpan.FromSeconds(19.9));
        Assert.False(answering.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await answering.WaitAsync(TestLimits.Signal);

        var headers = context.Response.Headers;
        Assert.Equal(StatusCodes.Status204NoContent, context.Response.StatusCode);
        Assert.Equal(("0000000000000002", "true"), ($"{headers["Stream-Next-Offset"]}", $"{headers["Stream-Up-To-Date"]}"));
        Assert.Equal(("no-store", ""), ($"{headers.CacheControl}", $"{headers["Stream-Closed"]}"));
        Assert.True(long.Parse(headers["Stream-Cursor"]!, System.Globalization.CultureInfo.InvariantCulture) > 7);
        Assert.Equal("", Written);
    }

    [Fact]
    public async Task A_long_poll_at_a_node_that_stops_is_answered_at_once()
    {
        var answering = new PageResult(await OpenAsync(), StreamRead.Of("2", "long-poll", null), 2).ExecuteAsync(context);
        await clock.WaitForTimersAsync();

        node.Stop(feeds);
        await answering.WaitAsync(TestLimits.Signal);

        Assert.Equal(StatusCodes.Status204NoContent, context.Response.StatusCode);
    }

    [Fact]
    public async Task Server_sent_events_last_a_minute()
    {
        var answering = new FollowResult(await OpenAsync(), StreamRead.Of("2", "sse", null), 2).ExecuteAsync(context);
        await clock.WaitForTimersAsync();
        clock.Advance(TimeSpan.FromSeconds(59.9));
        Assert.False(answering.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await answering.WaitAsync(TestLimits.Signal);

        Assert.StartsWith("event: control\ndata: {\"streamNextOffset\":\"0000000000000002\",\"streamCursor\":\"", Written, StringComparison.Ordinal);
        Assert.EndsWith("\"upToDate\":true}\n\n", Written, StringComparison.Ordinal);
        Assert.Single(Written.Split("event: control")[1..]);
    }

    [Fact]
    public async Task Server_sent_events_end_with_their_node()
    {
        var answering = new FollowResult(await OpenAsync(), StreamRead.Of("2", "sse", null), 2).ExecuteAsync(context);
        await clock.WaitForTimersAsync();

        node.Stop(feeds);

        await answering.WaitAsync(TestLimits.Signal);
    }

    private async Task<DurableStream> OpenAsync() => new(await feeds.JoinAsync(key, after: 2, CancellationToken.None), message: null);

    private sealed class Node : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => stopping.Cancel();

        public void Stop(ConversationFeeds feeds)
        {
            StopApplication();
            feeds.WakeAll();
        }

        public void Dispose() => stopping.Dispose();
    }
}
