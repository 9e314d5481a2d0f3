using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.Routing;

/// <summary>One endpoint, asked again.</summary>
public sealed class RetryTests : RoutingTests
{
    private readonly ScriptedChatClient model = new();

    [Fact]
    public async Task Waits_GrowToTheirLimit_AndAreChosenByTheDice()
    {
        var client = Client(Model("test", 6, model));
        var asking = CollectedReply.AskAsync(client, "Hi");
        foreach (var seconds in new[] { 0.5, 1, 2, 2 })
        {
            await FailAndWaitAsync(await model.NextReplyAsync(), Fault(ModelErrors.Error, 500), TimeSpan.FromSeconds(seconds));
        }

        Dice = 0.25;
        await FailAndWaitAsync(await model.NextReplyAsync(), Fault(ModelErrors.Unreachable), TimeSpan.FromSeconds(1));
        var answered = await model.NextReplyAsync();
        answered.Emit("a", "b");
        answered.Complete();

        var reply = await asking;
        Assert.Equal(("ab", "stop", null), (reply.Text, Assert.Single(reply.FinishReasons), reply.Fault));
        Assert.Equal(6, model.Replies.Count);
    }

    [Theory]
    [InlineData(ModelErrors.Unreachable, null, 3)]
    [InlineData(ModelErrors.ConnectTimeout, null, 3)]
    [InlineData(ModelErrors.RateLimited, 429, 3)]
    [InlineData(ModelErrors.Error, 500, 3)]
    [InlineData(ModelErrors.Error, 408, 3)]
    [InlineData(ModelErrors.Malformed, null, 3)]
    [InlineData(ModelErrors.Truncated, null, 3)]
    [InlineData(ModelErrors.Rejected, 400, 1)]
    [InlineData(ModelErrors.Rejected, 401, 1)]
    [InlineData(ModelErrors.Rejected, 403, 1)]
    [InlineData(ModelErrors.Rejected, 404, 1)]
    [InlineData(ModelErrors.Rejected, 422, 1)]
    [InlineData(ModelErrors.Rejected, null, 1)]
    public async Task Fault_IsRetriedAsOftenAsItMayHelp_AndThenStands(string code, int? status, int requests)
    {
        Dice = 0;
        var asking = CollectedReply.AskAsync(Client(Model("test", 3, model)), "Hi");
        for (var i = 0; i < requests; i++)
        {
            (await model.NextReplyAsync()).Fail(Fault(code, status));
        }

        var reply = await asking;

        Assert.Equal((code, $"{code}."), (reply.Fault?.Code, reply.Fault?.Message));
        Assert.Equal(requests, model.Replies.Count);
    }

    [Fact]
    public async Task StreamThatEndsBeforeItBegins_IsRetried_WhateverElseItSent()
    {
        Dice = 0;
        var asking = CollectedReply.AskAsync(Client(Model("test", 2, model)), "Hi");
        var empty = await model.NextReplyAsync();
        empty.Emit("", "");
        empty.Truncate();
        var answered = await model.NextReplyAsync();
        answered.Emit("", "a");
        answered.Complete(usage: new UsageDetails { InputTokenCount = 1, OutputTokenCount = 2 });

        var reply = await asking;

        Assert.Equal(("a", null), (reply.Text, reply.Fault));
        Assert.Equal(["1/2"], reply.Usages);
    }

    [Fact]
    public async Task AnswerWithoutText_IsAnAnswer()
    {
        var asking = CollectedReply.AskAsync(Client(Model("test", 2, model)), "Hi");
        (await model.NextReplyAsync()).Complete(ChatFinishReason.ContentFilter);

        Assert.Equal(["content_filter"], (await asking).FinishReasons);
        Assert.Single(model.Replies);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("thought")]
    [InlineData("tool")]
    public async Task AfterTheFirstToken_NothingIsRetried(string kind)
    {
        AIContent first = kind switch
        {
            "text" => new TextContent("a"),
            "thought" => new TextReasoningContent("a"),
            _ => new ToolCallPiece(0, "call_1", "look", ""),
        };
        using var breaking = new BreakingChatClient(first);
        using var client = Client(Model("test", 3, breaking));

        await using var updates = client.GetStreamingResponseAsync([]).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        Assert.Same(first, Assert.Single(updates.Current.Contents));
        await Assert.ThrowsAsync<ModelException>(async () => await updates.MoveNextAsync());

        Assert.Equal(1, breaking.Requests);
    }

    [Fact]
    public async Task RetryAfter_IsWaitedFor_WithALittleOnTop()
    {
        var asking = CollectedReply.AskAsync(Client(Model("test", 2, model)), "Hi");

        await FailAndWaitAsync(
            await model.NextReplyAsync(), Fault(ModelErrors.RateLimited, 429, TimeSpan.FromSeconds(30)), TimeSpan.FromSeconds(30.5));
        (await model.NextReplyAsync()).Complete();

        Assert.Null((await asking).Fault);
    }

    [Fact]
    public async Task RetryAfterThatIsTooLong_IsNotWaitedFor()
    {
        var asking = CollectedReply.AskAsync(Client(Model("test", 2, model)), "Hi");

        (await model.NextReplyAsync()).Fail(Fault(ModelErrors.RateLimited, 429, TimeSpan.FromSeconds(31)));

        Assert.Equal(ModelErrors.RateLimited, (await asking).Fault?.Code);
        Assert.Single(model.Replies);
    }

    [Fact]
    public async Task FirstTokenThatDoesNotCome_IsAFaultThatIsNotTriedTwice()
    {
        var asking = CollectedReply.AskAsync(Client(Model("test", 3, model)), "Hi");
        var silent = await model.NextReplyAsync();
        Time.Advance(TimeSpan.FromSeconds(20));
        await silent.Cancelled.WaitAsync(TestLimits.Signal);

        var reply = await asking;

        Assert.Equal(ModelErrors.FirstTokenTimeout, reply.Fault?.Code);
        Assert.Equal("The model did not begin its answer within 20 seconds.", reply.Fault?.Message);
        Assert.Single(model.Replies);
    }

    [Fact]
    public async Task AfterTheFirstToken_ItMayTakeAsLongAsItLikes()
    {
        var asking = CollectedReply.AskAsync(Client(Model("test", 2, model)), "Hi");
        var reply = await model.NextReplyAsync();
        reply.Emit("a");
        await reply.Read.WaitAsync(TestLimits.Signal);
        Time.Advance(TimeSpan.FromHours(1));
        reply.Emit("b");
        reply.Complete();

        Assert.Equal("ab", (await asking).Text);
    }

    [Fact]
    public async Task Budget_EndsEverything()
    {
        Dice = 0;
        var endpoints = Enumerable.Range(0, 5).Select(_ => new ScriptedChatClient()).ToArray();
        var asking = CollectedReply.AskAsync(Client(Model("test", 10, endpoints)), "Hi");
        foreach (var endpoint in endpoints.Take(3))
        {
            var reply = await endpoint.NextReplyAsync();
            Time.Advance(TimeSpan.FromSeconds(19));
            reply.Fail(Fault(ModelErrors.Rejected, 401));
        }

        // Of the budget of a minute 3 seconds are left, and this attempt has them.
        await endpoints[3].NextReplyAsync();
        Time.Advance(TimeSpan.FromSeconds(3));

        var fault = (await asking).Fault;
        Assert.Equal("The model did not begin its answer within 3 seconds.", fault?.Message);
        Assert.Empty(endpoints[4].Replies);
    }

    [Fact]
    public async Task WaitThatTheBudgetDoesNotAllow_IsNotBegun()
    {
        var asking = CollectedReply.AskAsync(Client(Model("test", 10, model)), "Hi");
        var first = await model.NextReplyAsync();
        Time.Advance(TimeSpan.FromSeconds(19));
        await FailAndWaitAsync(first, Fault(ModelErrors.RateLimited, 429, TimeSpan.FromSeconds(20)), TimeSpan.FromSeconds(20.5));
        (await model.NextReplyAsync()).Fail(Fault(ModelErrors.RateLimited, 429, TimeSpan.FromSeconds(20.5)));

        Assert.Equal(ModelErrors.RateLimited, (await asking).Fault?.Code);
        Assert.Equal(2, model.Replies.Count);
    }

    [Fact]
    public async Task Cancelling_EndsTheWaitAtOnce()
    {
        using var cancel = new CancellationTokenSource();
        var asking = CollectedReply.AskAsync(Client(Model("test", 10, model)), "Hi", cancel.Token);
        var first = await model.NextReplyAsync();
        first.Fail(Fault(ModelErrors.RateLimited, 429, TimeSpan.FromSeconds(20)));
        await Time.WaitForTimerAsync(TimeSpan.FromSeconds(20.5)).WaitAsync(TestLimits.Signal);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Equal(0, Time.PendingTimers);
        Assert.Single(model.Replies);
    }

    [Fact]
    public async Task Cancelling_EndsAnAttemptAtOnce()
    {
        using var cancel = new CancellationTokenSource();
        var asking = CollectedReply.AskAsync(Client(Model("test", 10, model)), "Hi", cancel.Token);
        var first = await model.NextReplyAsync();

        await cancel.CancelAsync();

        await first.Cancelled.WaitAsync(TestLimits.Signal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        Assert.Single(model.Replies);
    }

    [Fact]
    public async Task FaultOfOurOwn_IsNotRetried()
    {
        var asking = CollectedReply.AskAsync(Client(Model("test", 10, model)), "Hi");
        (await model.NextReplyAsync()).Fail(new FormatException("ours"));

        await Assert.ThrowsAsync<FormatException>(() => asking);
        Assert.Single(model.Replies);
    }

    [Fact]
    public async Task LimitOfTheAnswersTokens_GoesWithTheRequest()
    {
        var limited = Model("test", 1, model) with { MaxOutputTokens = 100 };
        foreach (var (asked, sent) in new (int?, int)[] { (null, 100), (1_000, 100), (10, 10) })
        {
            var options = asked is null ? null : new ChatOptions { MaxOutputTokens = asked, Temperature = 0.5f };
            var reading = CollectedReply.FromAsync(Client(limited).GetStreamingResponseAsync([], options));
            var request = await model.NextReplyAsync();
            request.Complete();
            await reading;

            Assert.Equal((sent, options?.Temperature), (request.Options?.MaxOutputTokens, request.Options?.Temperature));
            Assert.Equal(asked, options?.MaxOutputTokens);
        }
    }
}
