using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Dialects.Responses;
using OrleansChat.Dialects.Responses.Turns;
using OrleansChat.Feeds;
using OrleansChat.Keys;
using OrleansChat.Streaming;
using OrleansChat.Testing;
using OrleansChat.Testing.Time;
using OrleansChat.Transfer;

namespace OrleansChat.Api.Tests.Authentication;

/// <summary>Answers that take long are of no use to somebody who is let in no more by the time that they are there. Streams are <c>RevocationTests</c>' business.</summary>
public sealed class AdmissionTests : IDisposable
{
    private static readonly TimeSpan Session = TimeSpan.FromHours(1);

    private readonly ManualTimeProvider clock = new();
    private readonly FakeConversation grain = new();
    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));
    private readonly ApplicationLifetime lifetime = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly ConversationFeeds feeds;
    private readonly ServiceProvider services;
    private readonly DefaultHttpContext context;

    public AdmissionTests()
    {
        feeds = new ConversationFeeds(_ => grain, new FeedNumbers(new NodeId("here")), TimeProvider.System);
        services = new ServiceCollection().AddSingleton<TimeProvider>(clock).BuildServiceProvider();
        var caller = new CallerIdentity(OwnerId.Local, Scope.Read, SignedInBy.Session) { ExpiresAt = clock.GetUtcNow() + Session };
        context = new DefaultHttpContext { User = new ClaimsPrincipal(caller), RequestServices = services };
        grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3)));
    }

    public void Dispose() => services.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Who_waits_for_a_completion_gets_none(bool hasEnded) => EndAsync(
        hasEnded,
        () => new WholeReply(feeds, new ConversationLookup(null!, clock), lifetime).WaitAsync(
            key, new AwaitedReply("msg_2", "msg_3", seen: 0), cursor: 2, Admission.Of(context), CancellationToken.None));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Who_waits_for_a_response_gets_none(bool hasEnded) => EndAsync(
        hasEnded,
        () => new ResponseReading(feeds, lifetime, clock).ReadToEndAsync(new ResponseKey(key, "msg_3"), Admission.Of(context), CancellationToken.None));

    [Fact]
    public async Task An_export_is_cut_off()
    {
        var asked = new List<string?>();
        grain.Pages = query =>
        {
            asked.Add(query.After);
            if (asked.Count == 2)
            {
                clock.Advance(Session);
            }

            var message = new Message
            {
                Id = $"msg_{asked.Count}", Role = MessageRole.User, Content = $"said {asked.Count}", Status = MessageStatus.Completed, Sequence = asked.Count, CreatedAt = Blocks.At,
            };
            return new MessagesResult.Page([message], HasMore: true, Head: null);
        };
        using var body = new MemoryStream();
        context.Response.Body = body;
        var conversation = new Conversation { Id = key.Id, Model = "demo", CreatedAt = Blocks.At, UpdatedAt = Blocks.At, Sequence = 9 };
        var export = new ExportResult(new PatientConversation(grain, OwnerId.Local, clock), conversation, new JsonLinesFormat());

        Assert.Equal(StreamEnd.SignedOut, (await Assert.ThrowsAsync<CutOffException>(() => export.ExecuteAsync(context))).End);

        Assert.Equal([null, "msg_1"], asked);
        var text = Encoding.UTF8.GetString(body.ToArray());
        Assert.Contains("said 1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("said 2", text, StringComparison.Ordinal);
    }

    // With the end, or while it is waited for.
    private async Task EndAsync(bool hasEnded, Func<Task> wait)
    {
        var waiting = wait();
        Assert.False(waiting.IsCompleted);
        clock.Advance(Session);
        if (hasEnded)
        {
            var end = grain.Commit(Blocks.Of(Blocks.Completed(4, "msg_3")));
            feeds.Accept(new DeliveryItem(key, DeliveryKind.Events, end));
        }
        else
        {
            feeds.WakeAll();
        }

        await Assert.ThrowsAsync<AdmissionEndedException>(() => waiting.WaitAsync(TestLimits.Signal));
    }
}
