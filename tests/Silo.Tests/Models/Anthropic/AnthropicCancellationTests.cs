using OrleansChat.Testing.Models;
using OrleansChat.Testing.Models.Anthropic;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.Anthropic;

public sealed class AnthropicCancellationTests : AnthropicTests
{
    [Fact]
    public async Task CancellingWhileWaitingForText_AbortsTheRequest()
    {
        using var cancellation = new CancellationTokenSource();
        Server.Enqueue(ModelScript.Stream.MessageStart(1).TextBlock(0, "a").Stall());
        await using var updates = Client.GetStreamingResponseAsync([], options: null, cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await updates.MoveNextAsync());
        var request = await Server.NextRequestAsync();
        var next = updates.MoveNextAsync();

        await cancellation.CancelAsync();

        await request.Aborted.WaitAsync(TestLimits.Signal);
        var exception = await Assert.ThrowsAsync<OperationCanceledException>(async () => await next);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task CancellingWhileWaitingForHeaders_AbortsTheRequest()
    {
        using var cancellation = new CancellationTokenSource();
        Server.Enqueue(ModelScript.Stream.Stall());
        var asking = CollectedReply.AskAsync(Client, "Hi", cancellation.Token);
        var request = await Server.NextRequestAsync();

        await cancellation.CancelAsync();

        await request.Aborted.WaitAsync(TestLimits.Signal);
        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => asking);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
    }

    [Fact]
    public async Task LeavingTheEnumeration_AbortsTheRequest()
    {
        Server.Enqueue(ModelScript.Stream.MessageStart(1).TextBlock(0, "a").Stall());
        await foreach (var update in Client.GetStreamingResponseAsync([]))
        {
            Assert.Equal("a", update.Text);
            break;
        }

        await (await Server.NextRequestAsync()).Aborted.WaitAsync(TestLimits.Signal);
    }
}
