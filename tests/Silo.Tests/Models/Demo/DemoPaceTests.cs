using Microsoft.Extensions.AI;
using OrleansChat.Models.Demo;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.Demo;

public sealed class DemoPaceTests
{
    private readonly ManualTimeProvider time = new();

    [Fact]
    public async Task TenTokensASecond_OneEveryTenthOfASecond()
    {
        await using var tokens = Ask(new DemoChatClient(10, time));
        for (var token = 0; token < 5; token++)
        {
            var next = tokens.MoveNextAsync();
            time.Advance(TimeSpan.FromMilliseconds(99));
            Assert.False(next.IsCompleted);
            time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(await next);
        }
    }

    [Fact]
    public async Task ReaderPauses_WhatBecameDueComesAtOnce_AndTheScheduleStands()
    {
        await using var tokens = Ask(new DemoChatClient(10, time));
        var first = tokens.MoveNextAsync();
        time.Advance(TimeSpan.FromSeconds(1.05));
        Assert.True(await first);
        for (var token = 2; token <= 10; token++)
        {
            var due = tokens.MoveNextAsync();
            Assert.True(due.IsCompletedSuccessfully);
            Assert.True(await due);
        }

        var eleventh = tokens.MoveNextAsync();
        time.Advance(TimeSpan.FromMilliseconds(49));
        Assert.False(eleventh.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await eleventh);
    }

    [Fact]
    public async Task FasterThanTimers_TokensComeInBatchesAtTheSameRate()
    {
        await using var tokens = Ask(new DemoChatClient(20_000, time));
        for (var batch = 0; batch < 10; batch++)
        {
            var first = tokens.MoveNextAsync();
            Assert.False(first.IsCompleted);
            time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(await first);
            for (var token = 2; token <= 20; token++)
            {
                var next = tokens.MoveNextAsync();
                Assert.True(next.IsCompletedSuccessfully);
                Assert.True(await next);
            }
        }
    }

    [Fact]
    public async Task RateDirective_GoesBeforeTheConfiguration()
    {
        await using var tokens = Ask(new DemoChatClient(10, time), "[demo: rate=0.5]");

        var next = tokens.MoveNextAsync();
        time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(await next);
    }

    [Fact]
    public async Task Cancelling_EndsTheWait()
    {
        using var cancellation = new CancellationTokenSource();
        await using var tokens = Ask(new DemoChatClient(10, time), cancellationToken: cancellation.Token);

        var next = tokens.MoveNextAsync();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
        Assert.Equal(0, time.PendingTimers);
    }

    private static IAsyncEnumerator<ChatResponseUpdate> Ask(
        DemoChatClient model, string question = "Hi", CancellationToken cancellationToken = default) =>
        model.GetStreamingResponseAsync([new(ChatRole.User, question)], options: null, cancellationToken).GetAsyncEnumerator(CancellationToken.None);
}
