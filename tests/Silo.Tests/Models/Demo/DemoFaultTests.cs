using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Models.Demo;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.Demo;

public sealed class DemoFaultTests
{
    private readonly DemoChatClient model = new(100_000, TimeProvider.System);

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(1000)]
    public async Task Error_FailsAfterSoManyTokens(int after)
    {
        var reply = await CollectedReply.AskAsync(model, $"[demo: error after={after}]");

        Assert.Equal(after, reply.Pieces.Count);
        Assert.Equal(ModelErrors.Error, reply.Fault?.Code);
        Assert.Equal("The demo model failed, as the message asked it to.", reply.Fault?.Message);
        Assert.Empty(reply.FinishReasons);
    }

    [Fact]
    public async Task Truncate_EndsWithoutAnEndSignal()
    {
        var reply = await CollectedReply.AskAsync(model, "[demo: truncate]");

        Assert.Equal(10, reply.Pieces.Count);
        Assert.Null(reply.Fault);
        Assert.Empty(reply.FinishReasons);
        Assert.Empty(reply.Usages);
    }

    [Fact]
    public async Task Stall_IsSilentUntilCancelled()
    {
        var time = new ManualTimeProvider();
        using var cancellation = new CancellationTokenSource();
        await using var tokens = new DemoChatClient(100_000, time)
            .GetStreamingResponseAsync([new(ChatRole.User, "[demo: stall after=2]")], options: null, cancellation.Token)
            .GetAsyncEnumerator(CancellationToken.None);
        var first = tokens.MoveNextAsync();
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await first);
        Assert.True(await tokens.MoveNextAsync());

        var next = tokens.MoveNextAsync();
        time.Advance(TimeSpan.FromDays(1));
        Assert.False(next.IsCompleted);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5000)]
    public async Task Tokens_AreTheExactLength(int tokens)
    {
        var reply = await CollectedReply.AskAsync(model, $"[demo: tokens={tokens} rate=100000]");

        Assert.Equal(tokens, reply.Pieces.Count);
        Assert.Equal(["stop"], reply.FinishReasons);
    }

    [Fact]
    public async Task OnlyTheLastUserMessageCounts()
    {
        var reply = await CollectedReply.FromAsync(
            model.GetStreamingResponseAsync([new(ChatRole.User, "[demo: error]"), new(ChatRole.User, "Hi")]));

        Assert.Null(reply.Fault);
    }

    [Fact]
    public async Task MalformedDirective_IsAnsweredWithTheSyntax()
    {
        var reply = await CollectedReply.AskAsync(model, "[demo: explode]");

        Assert.Null(reply.Fault);
        Assert.Contains("## That directive is malformed", reply.Text, StringComparison.Ordinal);
        Assert.Contains("[demo: error after=20]", reply.Text, StringComparison.Ordinal);
    }
}
