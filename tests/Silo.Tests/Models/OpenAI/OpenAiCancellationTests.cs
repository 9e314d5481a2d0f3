using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.OpenAI;

public sealed class OpenAiCancellationTests : OpenAiTests
{
    [Fact]
    public async Task CancellingWhileWaitingForText_AbortsTheRequest()
    {
        using var cancellation = new CancellationTokenSource();
        Server.Enqueue(ModelScript.Stream.Text("a").Stall());
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
        Server.Enqueue(ModelScript.Stream.Text("a").Stall());
        await foreach (var update in Client.GetStreamingResponseAsync([]))
        {
            Assert.Equal("a", update.Text);
            break;
        }

        var request = await Server.NextRequestAsync();
        await request.Aborted.WaitAsync(TestLimits.Signal);
    }

    [Fact]
    public async Task CancellingAfterTheEndSignal_IsStillACancellation()
    {
        using var cancellation = new CancellationTokenSource();
        Server.Enqueue(ModelScript.Stream.Finish().Stall());
        await using var updates = Client.GetStreamingResponseAsync([], options: null, cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await updates.MoveNextAsync());
        var next = updates.MoveNextAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(async () => await next);
    }

    [Fact]
    public async Task RefusalWhoseBodyNeverEnds_IsStillARefusal()
    {
        var gate = new Gate();
        Server.Enqueue(ModelScript.Stream.StatusCode(401).Raw("{\"error\":").Wait(gate));
        var asking = CollectedReply.AskAsync(Client, "Hi");
        await gate.Reached.WaitAsync(Soon);
        await Time.WaitForTimersAsync().WaitAsync(Soon);

        Time.Advance(TimeSpan.FromSeconds(2));

        var reply = await asking.WaitAsync(Soon);
        Assert.Equal("The model endpoint refused the configured key (HTTP 401).", reply.Fault?.Message);
    }
}
