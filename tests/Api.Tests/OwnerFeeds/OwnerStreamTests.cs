using System.Collections.Immutable;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Keys;
using OrleansChat.OwnerFeeds;
using OrleansChat.Owners;
using OrleansChat.Search;
using OrleansChat.Testing.Time;
using OrleansChat.Usage;

namespace OrleansChat.Api.Tests.OwnerFeeds;

/// <summary>An owner's connection whose first comparison with the store is not answered.</summary>
public sealed class OwnerStreamTests : IDisposable
{
    private readonly CancellationTokenSource connection = new();
    private readonly CancellationTokenSource leaving = new();
    private readonly Owner owner = new();
    private readonly MemoryStream body = new();
    private readonly Task running;

    public OwnerStreamTests()
    {
        var feed = new OwnerFeed(OwnerId.Local, new Watcher(new NodeId("here"), 1), new FakeOwnerFeedGrain(), TimeProvider.System);
        var context = new DefaultHttpContext
        {
            User = new ClaimsPrincipal(new CallerIdentity(OwnerId.Local, Scope.Read, SignedInBy.Local)),
            RequestAborted = connection.Token,
        };
        context.Response.Body = body;
        running = new OwnerStream(feed, [], since: null, owner, TimeProvider.System).RunAsync(context, leaving.Token);
    }

    private string Written => Encoding.UTF8.GetString(body.ToArray());

    public void Dispose()
    {
        connection.Dispose();
        leaving.Dispose();
        body.Dispose();
    }

    [Fact]
    public async Task It_is_waited_for()
    {
        Assert.DoesNotContain("snapshot", Written, StringComparison.Ordinal);
        owner.Answer.SetResult(new ConversationPage([], HasMore: false));
        await leaving.CancelAsync();
        await running.WaitAsync(TestLimits.Signal);
    }

    [Fact]
    public async Task Who_leaves_is_not_kept_until_it_is()
    {
        await connection.CancelAsync();
        await running.WaitAsync(TestLimits.Signal);
    }

    [Fact]
    public async Task A_node_that_stops_says_so_all_the_same()
    {
        await leaving.CancelAsync();
        await running.WaitAsync(TestLimits.Signal);

        Assert.EndsWith(": this node is stopping; reconnect to go on\n\n", Written, StringComparison.Ordinal);
        Assert.DoesNotContain("snapshot", Written, StringComparison.Ordinal);
    }

    private sealed class Owner : IOwnerGrain
    {
        public TaskCompletionSource<ConversationPage> Answer { get; } = new();

        public Task<ConversationPage> List(OwnerId caller, int limit, ConversationId? after) => Answer.Task;

        public Task<ConversationPage> ListNewer(OwnerId caller, int limit, ConversationId before) => throw new NotSupportedException();

        public Task<SearchPage?> Search(OwnerId caller, string words, int limit, ConversationId? after) => throw new NotSupportedException();

        public Task<ImmutableArray<UsageRow>> GetUsage(OwnerId caller, DateOnly from, DateOnly to) => throw new NotSupportedException();
    }
}
