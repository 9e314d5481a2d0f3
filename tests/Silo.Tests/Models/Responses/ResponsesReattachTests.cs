using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Models.Responses;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Models.Responses;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.Responses;

public sealed class ResponsesReattachTests : ResponsesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BackgroundReplyWhoseConnectionBreaks_IsReadOnWhereItBroke(bool cleanly)
    {
        var (asking, response) = await BeginAsync();
        for (var round = 1; round <= 4; round++)
        {
            response.Emit($"a{round} ", $"b{round} ");
            response.Break(cleanly);
            response.Emit($"c{round} ");
            await PassPausesUntilAsync(response.WaitForReadersAsync(round + 1));
        }

        response.Complete();
        await PassPausesUntilAsync(asking);
        var reply = await asking;

        Assert.Null(reply.Fault);
        Assert.Equal("a1 b1 c1 a2 b2 c2 a3 b3 c3 a4 b4 c4 ", reply.Text);
        Assert.Equal(["stop"], reply.FinishReasons);
        Assert.Single(Server.Responses);
        Assert.Equal(response.Cursors.Skip(1).Order(), response.Cursors.Skip(1));
    }

    [Fact]
    public async Task ProviderThatIsInTroubleForAWhile_IsAskedAgain()
    {
        var (asking, response) = await BeginAsync();
        response.Emit("a");
        Server.RefuseNext(503);
        Server.RefuseNext(429);
        response.Break(cleanly: true);
        await PassPausesUntilAsync(response.WaitForReadersAsync(2));
        response.Emit("b");
        response.Complete();

        Assert.Equal("ab", (await asking).Text);
        Assert.Equal(4, Server.Requests.Count);
    }

    [Fact]
    public async Task ProviderThatStaysInTrouble_IsGivenUp()
    {
        var (asking, response) = await BeginAsync();
        for (var i = 0; i < ResponsesReply.MostAttempts; i++)
        {
            Server.RefuseNext(503);
        }

        response.Break(cleanly: true);
        await PassPausesUntilAsync(asking);

        Assert.Equal(ModelErrors.Unreachable, (await asking).Fault?.Code);
        Assert.Equal(1 + ResponsesReply.MostAttempts, Server.Requests.Count);
    }

    [Fact]
    public async Task ProviderThatHasForgottenIt_HasLostIt()
    {
        var (asking, response) = await BeginAsync();
        Server.Forget(response);
        response.Break(cleanly: true);
        await PassPausesUntilAsync(asking);

        Assert.Equal(ModelErrors.ResponseLost, (await asking).Fault?.Code);
    }

    [Fact]
    public async Task Token_OfAnyUpdate_ReadsOnBehindIt()
    {
        List<ResponseContinuationToken?> tokens = [];
        List<string> texts = [];
        var reading = Client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, "Hi")], new ChatOptions { AllowBackgroundResponses = true });
        ServedResponse? response = null;
        await foreach (var update in reading)
        {
            if (response is null)
            {
                // Before anything is said.
                Assert.Empty(update.Contents);
                response = await Server.NextResponseAsync();
                response.Emit("a", "b", "c");
                response.Complete();
            }

            tokens.Add(update.ContinuationToken);
            texts.Add(update.Text);
        }

        Assert.Equal(["", "a", "b", "c", ""], texts);
        Assert.Null(tokens[^1]);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(tokens[0], tokens[i]);
            var stored = ResponseContinuationToken.FromBytes(tokens[i]!.ToBytes());
            Assert.Equal(string.Concat(texts.Skip(i + 1)), (await AskAsync(isBackground: true, stored)).Text);
        }

        Assert.Single(Server.Responses);
    }

    [Theory]
    [InlineData("0:resp_unknown")]
    [InlineData("no token of this provider")]
    public async Task Token_ThatNamesNothing_IsLost(string token)
    {
        var reading = Client.GetStreamingResponseAsync(
            [], new ChatOptions { ContinuationToken = ResponseContinuationToken.FromBytes(System.Text.Encoding.UTF8.GetBytes(token)) });

        var fault = await Assert.ThrowsAsync<ModelException>(async () => await Contents.OfAsync(reading));

        Assert.Equal(ModelErrors.ResponseLost, fault.Code);
        Assert.Empty(Server.Responses);
    }

    [Fact]
    public async Task Cancelling_InTheForeground_AbortsTheRequest()
    {
        using var cancellation = new CancellationTokenSource();
        var asking = AskAsync(isBackground: false, cancellationToken: cancellation.Token);
        var response = await Server.NextResponseAsync();
        await response.WaitForReadersAsync(1);

        await cancellation.CancelAsync();

        await response.Left.WaitAsync(Soon);
        await Assert.ThrowsAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task Cancelling_InTheBackground_StopsTheReadingAndNothingElse()
    {
        using var cancellation = new CancellationTokenSource();
        ResponseContinuationToken? token = null;
        var reading = Client.GetStreamingResponseAsync(
            [new ChatMessage(ChatRole.User, "Hi")], new ChatOptions { AllowBackgroundResponses = true }, cancellation.Token);
        var updates = reading.GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await updates.MoveNextAsync());
        token = updates.Current.ContinuationToken;
        var response = await Server.NextResponseAsync();
        var next = updates.MoveNextAsync();

        await cancellation.CancelAsync();

        var exception = await Assert.ThrowsAsync<OperationCanceledException>(async () => await next);
        Assert.Equal(cancellation.Token, exception.CancellationToken);
        await updates.DisposeAsync();
        await response.Left.WaitAsync(Soon);
        Assert.False(response.Cancelled.IsCompleted);

        await Client.StopAsync(token!, CancellationToken.None);
        await Client.StopAsync(token!, CancellationToken.None);
        Assert.True(response.Cancelled.IsCompleted);
    }

    [Fact]
    public async Task Cancelling_BeforeTheResponseHasAName_CancelsItAsSoonAsItHas()
    {
        using var cancellation = new CancellationTokenSource();
        var beginning = new TaskCompletionSource();
        Server.Beginning = beginning.Task;
        var asking = AskAsync(isBackground: true, cancellationToken: cancellation.Token);
        var response = await Server.NextResponseAsync();

        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => asking);
        Assert.False(response.Cancelled.IsCompleted);
        beginning.SetResult();

        await response.Cancelled.WaitAsync(TestLimits.Signal);
    }

    [Fact]
    public async Task Stopping_SomethingUnknown_IsDone_AndInTroubleItIsNot()
    {
        var token = ResponseContinuationToken.FromBytes("0:resp_unknown"u8.ToArray());
        await Client.StopAsync(token, CancellationToken.None);

        Server.RefuseNext(503);
        Assert.Equal(ModelErrors.Error, (await Assert.ThrowsAsync<ModelException>(() => Client.StopAsync(token, CancellationToken.None))).Code);
    }

    // Asks in the background, and returns as soon as the client knows what it reads.
    private async Task<(Task<CollectedReply> Reply, ServedResponse Response)> BeginAsync()
    {
        var begun = new TaskCompletionSource();
        var reading = CollectedReply.FromAsync(ReadAsync()).WaitAsync(TestLimits.Signal);
        var response = await Server.NextResponseAsync();
        await begun.Task.WaitAsync(Soon);
        return (reading, response);

        async IAsyncEnumerable<ChatResponseUpdate> ReadAsync()
        {
            await foreach (var update in Client.GetStreamingResponseAsync(
                [new ChatMessage(ChatRole.User, "Hi")], new ChatOptions { AllowBackgroundResponses = true }))
            {
                begun.TrySetResult();
                yield return update;
            }
        }
    }
}
