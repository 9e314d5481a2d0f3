using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Dialects.Responses;
using OrleansChat.Dialects.Responses.Turns;
using OrleansChat.Feeds;
using OrleansChat.Streaming;
using OrleansChat.Testing;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Streaming;

/// <summary>Who begins to wait for a whole reply where a node has just woken all who wait, since it stops.</summary>
public sealed class StoppingNodeTests
{
    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));
    private readonly FakeConversation grain = new();
    private readonly ApplicationLifetime lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly ConversationFeeds feeds;
    private readonly Admission admission = Admission.Of(new DefaultHttpContext());

    public StoppingNodeTests()
    {
        feeds = new ConversationFeeds(_ => grain, new FeedNumbers(new NodeId("here")), TimeProvider.System);
        grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3)));
        lifetime.StopApplication();
    }

    [Fact]
    public async Task A_completion_is_not_waited_for()
    {
        var whole = new WholeReply(feeds, new ConversationLookup(null!, TimeProvider.System), lifetime);
        var waiting = whole.WaitAsync(key, new AwaitedReply("msg_2", "msg_3", seen: 0), cursor: 2, admission, CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TestLimits.Signal));
    }

    [Fact]
    public async Task A_response_is_not_waited_for()
    {
        var waiting = new ResponseReading(feeds, lifetime, TimeProvider.System).ReadToEndAsync(new ResponseKey(key, "msg_3"), admission, CancellationToken.None);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TestLimits.Signal));
    }

    [Fact]
    public async Task What_is_there_is_answered()
    {
        grain.Commit(Blocks.Of(Blocks.Completed(4, "msg_3")));

        var response = await new ResponseReading(feeds, lifetime, TimeProvider.System).ReadToEndAsync(new ResponseKey(key, "msg_3"), admission, CancellationToken.None);

        Assert.NotNull(response);
    }
}
