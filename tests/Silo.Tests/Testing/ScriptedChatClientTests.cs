using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Testing.Models;

namespace OrleansChat.Silo.Tests.Testing;

public sealed class ScriptedChatClientTests
{
    private readonly ScriptedChatClient model = new();

    [Fact]
    public async Task Reply_IsWhatTheTestWrites()
    {
        var asking = CollectedReply.AskAsync(model, "Hi");
        var reply = await model.NextReplyAsync();
        reply.Emit("Hello", " world");
        reply.Complete(usage: new UsageDetails { InputTokenCount = 1, OutputTokenCount = 2 });

        var collected = await asking;
        Assert.Equal("Hi", Assert.Single(reply.Messages).Text);
        Assert.Equal(["Hello", " world"], collected.Pieces);
        Assert.Equal(["stop"], collected.FinishReasons);
        Assert.Equal(["1/2"], collected.Usages);
        await reply.Left;
        Assert.False(reply.Cancelled.IsCompleted);
    }

    [Fact]
    public async Task Fail_ComesAfterWhatWasSent()
    {
        var asking = CollectedReply.AskAsync(model, "Hi");
        var reply = await model.NextReplyAsync();
        reply.Emit("partial");
        reply.Fail();

        var collected = await asking;
        Assert.Equal("partial", collected.Text);
        Assert.Equal(ModelErrors.Error, collected.Fault?.Code);
    }

    [Fact]
    public async Task Truncate_EndsWithoutAnEndSignal()
    {
        var asking = CollectedReply.AskAsync(model, "Hi");
        (await model.NextReplyAsync()).Truncate();

        var collected = await asking;
        Assert.Null(collected.Fault);
        Assert.Empty(collected.FinishReasons);
    }

    [Fact]
    public async Task Cancelled_TellsOfTheReadersCancellation()
    {
        using var cancellation = new CancellationTokenSource();
        var asking = CollectedReply.AskAsync(model, "Hi", cancellation.Token);
        var reply = await model.NextReplyAsync();

        await cancellation.CancelAsync();

        await reply.Cancelled;
        await reply.Left;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }
}
