using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Dialects.AiSdk.Chunks;
using OrleansChat.Feeds;
using OrleansChat.Streaming;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Dialects.AiSdk;

/// <summary>Where streams begin.</summary>
public class UiStreamsTests
{
    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));
    private readonly FakeConversation grain = new();
    private readonly DefaultHttpContext context;

    public UiStreamsTests()
    {
        grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3)));
        grain.Commit(Blocks.Deltas(4, "msg_3", "a", "b"));
        var services = new ServiceCollection()
            .AddSingleton(new ConversationFeeds(_ => grain, new FeedNumbers(new NodeId("here")), TimeProvider.System))
            .AddSingleton(TimeProvider.System);
        context = new DefaultHttpContext { RequestServices = services.BuildServiceProvider() };
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_comes_back_goes_on_where_he_was_though_nobody_has_told_the_feed_of_it_yet(bool isUnanswered)
    {
        grain.Gate = isUnanswered ? Task.FromException(new TimeoutException()) : Task.CompletedTask;

        Assert.IsType<EventStreamResult>(await FollowAsync(seen: 4));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_has_seen_what_there_is_not_is_told_so(bool isUnanswered)
    {
        grain.Gate = isUnanswered ? Task.FromException(new TimeoutException()) : Task.CompletedTask;

        var refusal = Assert.IsType<ProblemHttpResult>(await FollowAsync(seen: 6));

        Assert.Equal(StatusCodes.Status410Gone, refusal.StatusCode);
        Assert.Contains("5", refusal.ProblemDetails.Detail, StringComparison.Ordinal);
    }

    private async Task<IResult> FollowAsync(long seen) =>
        (await UiStreams.FollowAsync(context, new UiReply(key, "msg_2", "msg_3", 2), new StreamStart(null, seen))).Result;
}
