using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Dialects.DurableStreams;
using OrleansChat.Feeds;
using OrleansChat.Keys;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Dialects.DurableStreams;

/// <summary>What is there when a stream is opened.</summary>
public class StreamOpeningTests
{
    private readonly ConversationId id = ConversationId.New(TimeProvider.System);
    private readonly FakeConversation grain = new();

    [Fact]
    public async Task A_reply_that_ends_while_its_stream_is_opened_can_be_read_to_its_end()
    {
        grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3)));
        grain.BeforeMessage = () =>
        {
            grain.Commit(Blocks.Of(Blocks.Delta(4, "msg_3", "all"), Blocks.Completed(5, "msg_3")));
            grain.Messages["msg_3"] = new Message
            {
                Id = "msg_3", Role = MessageRole.Assistant, Content = "all", Status = MessageStatus.Completed, Sequence = 5, CreatedAt = Blocks.At,
            };
        };

        var (stream, from, problem) = await StreamOpening.OpenAsync(Context(), id.Value, "msg_3", StreamOffset.First);

        Assert.Null(problem);
        using (stream)
        {
            var page = await stream!.ReadAsync(from);
            Assert.Equal((5, true, true), (page!.Next, page.IsUpToDate, page.IsClosed));
        }
    }

    private DefaultHttpContext Context()
    {
        var services = new ServiceCollection()
            .AddSingleton(new ConversationLookup(FakeGrains.Of(grain), TimeProvider.System))
            .AddSingleton(new ConversationFeeds(_ => grain, new FeedNumbers(new NodeId("here")), TimeProvider.System));
        return new DefaultHttpContext
        {
            RequestServices = services.BuildServiceProvider(),
            User = new ClaimsPrincipal(new CallerIdentity(OwnerId.Local, Scope.Write, SignedInBy.Local)),
        };
    }
}
