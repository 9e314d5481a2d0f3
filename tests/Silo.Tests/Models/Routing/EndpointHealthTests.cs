using OrleansChat.Models;
using OrleansChat.Models.Routing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.Routing;

/// <summary>What replies learn of an endpoint from each other.</summary>
public sealed class EndpointHealthTests : RoutingTests
{
    private readonly ScriptedChatClient one = new();
    private readonly ScriptedChatClient two = new();
    private readonly CircuitBreaker circuit;
    private readonly RoutedModel model;

    public EndpointHealthTests()
    {
        circuit = Circuit(failures: 2);
        model = Model("test", 1, one) with { Endpoints = [(Endpoint(one, circuit), 1)] };
        Dice = 0;
    }

    [Fact]
    public async Task EndpointThatKeepsFailing_IsLeftAlone_AndComesBackWithAnAnswer()
    {
        await FailAsync();
        await FailAsync();
        Assert.False(model.IsAvailable);

        var refused = await CollectedReply.AskAsync(Client(model), "Hi");
        Assert.Equal(ModelErrors.Unavailable, refused.Fault?.Code);
        Assert.Equal(2, one.Replies.Count);

        // All who ask meanwhile are answered by who stands in, but for one.
        Time.Advance(TimeSpan.FromSeconds(10));
        var probing = CollectedReply.AskAsync(Client(model, Model("spare", 1, two)), "Hi");
        var probe = await one.NextReplyAsync();
        var others = Enumerable.Range(0, 5).Select(_ => CollectedReply.AskAsync(Client(model, Model("spare", 1, two)), "Hi")).ToArray();
        for (var i = 0; i < others.Length; i++)
        {
            (await two.NextReplyAsync()).Complete();
        }

        await Task.WhenAll(others);
        Assert.Equal(3, one.Replies.Count);
        probe.Emit("back");
        await probe.Read.WaitAsync(TestLimits.Signal);
        Assert.True(model.IsAvailable);
        probe.Complete();
        Assert.Equal("back", (await probing).Text);
    }

    [Fact]
    public async Task AnswersThatBreakOff_CountAsFailures()
    {
        for (var i = 0; i < 2; i++)
        {
            var asking = CollectedReply.AskAsync(Client(model), "Hi");
            var reply = await one.NextReplyAsync();
            reply.Emit("a");
            reply.Truncate();
            await asking;
        }

        Assert.False(model.IsAvailable);
    }

    [Fact]
    public async Task WhoLeaves_SaysNothingOfTheEndpoint()
    {
        await FailAsync();
        using var cancel = new CancellationTokenSource();
        var asking = CollectedReply.AskAsync(Client(model), "Hi", cancel.Token);
        var reply = await one.NextReplyAsync();
        reply.Emit("a");
        await reply.Read.WaitAsync(TestLimits.Signal);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        Assert.True(model.IsAvailable);
        await FailAsync();
        Assert.False(model.IsAvailable);
    }

    [Fact]
    public async Task ProbeThatIsCancelled_LeavesTheProbeToTheNext()
    {
        await FailAsync();
        await FailAsync();
        Time.Advance(TimeSpan.FromSeconds(10));
        using (var cancel = new CancellationTokenSource())
        {
            var asking = CollectedReply.AskAsync(Client(model), "Hi", cancel.Token);
            await one.NextReplyAsync();
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        }

        Assert.False(model.IsAvailable);
        var next = CollectedReply.AskAsync(Client(model), "Hi");
        (await one.NextReplyAsync()).Complete();
        Assert.Null((await next).Fault);
        Assert.True(model.IsAvailable);
    }

    [Theory]
    [InlineData(ModelErrors.RateLimited, 429)]
    [InlineData(ModelErrors.Rejected, 400)]
    public async Task BusyOrRight_IsNotBroken(string code, int status)
    {
        for (var i = 0; i < 5; i++)
        {
            await FailAsync(Fault(code, status));
        }

        Assert.True(model.IsAvailable);
    }

    [Fact]
    public async Task WrongKey_IsBroken()
    {
        await FailAsync(Fault(ModelErrors.Rejected, 401));
        await FailAsync(Fault(ModelErrors.Rejected, 401));

        Assert.False(model.IsAvailable);
    }

    [Fact]
    public async Task AnotherEndpoint_MakesTheModelAvailable()
    {
        var pair = model with { Endpoints = [.. model.Endpoints, (Endpoint(two, Circuit()), 1)] };
        await FailAsync();
        await FailAsync();

        Assert.True(pair.IsAvailable);
        var asking = CollectedReply.AskAsync(Client(pair), "Hi");
        (await two.NextReplyAsync()).Complete();
        Assert.Null((await asking).Fault);
        Assert.Equal(2, one.Replies.Count);
    }

    private async Task FailAsync(ModelException? fault = null)
    {
        var asking = CollectedReply.AskAsync(Client(model), "Hi");
        (await one.NextReplyAsync()).Fail(fault ?? Fault(ModelErrors.Error, 500));
        Assert.NotNull((await asking).Fault);
    }
}
