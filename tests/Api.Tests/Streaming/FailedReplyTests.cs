using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Events;
using OrleansChat.Feeds;
using OrleansChat.Streaming;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Streaming;

/// <summary>How a stream ends after a reply that failed.</summary>
public class FailedReplyTests
{
    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));
    private readonly FakeConversation grain = new();

    [Fact]
    public async Task It_is_cut_off_where_clients_may_not_hear_of_the_failure() =>
        await Assert.ThrowsAsync<CutOffException>(() => RunAsync(new Silent(tellsFailure: false)));

    [Fact]
    public async Task It_is_ended_where_every_client_takes_the_failure_from_what_it_says() =>
        Assert.Equal(StreamEnd.Failed, await RunAsync(new Silent(tellsFailure: true)));

    private async Task<StreamEnd?> RunAsync(IEventRenderer renderer)
    {
        var failed = new ReplyFailed("msg_3", new ReplyError("upstream_error", "It broke."), null, Blocks.At) { Sequence = 4 };
        grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3), failed));
        using var membership = await new ConversationFeeds(_ => grain, new FeedNumbers(new NodeId("here")), TimeProvider.System).JoinAsync(key, after: 2, CancellationToken.None);
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        return await new EventStream(membership, renderer, cursor: 2, StreamUntil.ReplyEnd, NullLogger.Instance).RunAsync(context, CancellationToken.None);
    }

    private sealed class Silent(bool tellsFailure) : IEventRenderer
    {
        public string ContentType => "text/plain";

        public bool CanResume => false;

        public bool CanRestart => true;

        public bool TellsFailure => tellsFailure;

        public void Begin(IBufferWriter<byte> output)
        {
        }

        public void Render(EventBlock block, IBufferWriter<byte> output)
        {
        }

        public void Heartbeat(IBufferWriter<byte> output)
        {
        }

        public void End(StreamEnd end, IBufferWriter<byte> output)
        {
        }
    }
}
