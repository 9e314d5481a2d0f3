using OrleansChat.Testing.Models;
using OrleansChat.Testing.Models.Anthropic;

namespace OrleansChat.Silo.Tests.Models.Anthropic;

public sealed class AnthropicCancellationTests : AnthropicTests
{
    // "At once", on a busy machine.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

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

        await request.Aborted.WaitAsync(AtOnce);
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

        await request.Aborted.WaitAsync(AtOnce);
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

        await (await Server.NextRequestAsync()).Aborted.WaitAsync(AtOnce);
    }
}
