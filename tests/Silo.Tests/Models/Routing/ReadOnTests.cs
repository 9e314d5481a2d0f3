using System.Text;
using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Models.Routing;
using OrleansChat.Testing.Models;

namespace OrleansChat.Silo.Tests.Models.Routing;

/// <summary>A response that an endpoint produces by itself is that endpoint's, also for another process.</summary>
public sealed class ReadOnTests : RoutingTests
{
    private static readonly ChatMessage Question = new(ChatRole.User, "Hi");

    private readonly ScriptedChatClient one = new();
    private readonly ScriptedChatClient two = new();
    private readonly ScriptedChatClient three = new();

    public ReadOnTests() => Dice = 0;

    [Fact]
    public async Task Response_IsReadOnAndStoppedWhereItIsProduced()
    {
        var token = await BeginAsync();

        var client = Create();
        var reading = ReadOnAsync(client, token);
        var reply = await two.NextReplyAsync();
        reply.Attach("resp_1");
        reply.Emit("rest");
        reply.Complete();
        await client.GetService<IBackgroundResponses>()!.StopAsync(token, CancellationToken.None);

        Assert.Equal("rest", (await reading).Text);
        Assert.Equal("resp_1", Encoding.UTF8.GetString(reply.Options!.ContinuationToken!.ToBytes().Span));
        Assert.Equal("resp_1", await two.NextStopAsync());
        Assert.Equal((1, 2, 0), (one.Replies.Count, two.Replies.Count, three.Replies.Count));
        Assert.False(one.HasStopped || three.HasStopped);
    }

    [Fact]
    public async Task Response_OfAModelThatStandsIn_IsReadOnThere()
    {
        var client = Create();
        var updates = client.GetStreamingResponseAsync([Question]).GetAsyncEnumerator();
        var next = updates.MoveNextAsync().AsTask();
        (await one.NextReplyAsync()).Fail(Fault(ModelErrors.Rejected, 401));
        (await two.NextReplyAsync()).Fail(Fault(ModelErrors.Rejected, 401));
        (await three.NextReplyAsync()).Attach("resp_3");
        Assert.True(await next);
        var token = ResponseContinuationToken.FromBytes(updates.Current.ContinuationToken!.ToBytes());
        await updates.DisposeAsync();

        var reading = client.GetStreamingResponseAsync([Question], new ChatOptions { ContinuationToken = token }).ToListAsync().AsTask();
        var reply = await three.NextReplyAsync();
        reply.Emit("rest");
        reply.Complete();

        Assert.All(await reading, update => Assert.Equal("other", update.ModelId));
    }

    [Fact]
    public async Task Fault_WhileReadingOn_IsNobodyElsesRequest()
    {
        var token = await BeginAsync();

        var reading = ReadOnAsync(Create(), token);
        (await two.NextReplyAsync()).Fail(Fault(ModelErrors.Unreachable));

        Assert.Equal(ModelErrors.Unreachable, (await reading).Fault?.Code);
        Assert.Equal((1, 2, 0), (one.Replies.Count, two.Replies.Count, three.Replies.Count));
    }

    [Theory]
    [InlineData("resp_1")]
    [InlineData("own/2@00000000\nresp_1")]
    public async Task Response_OfAnEndpointThatIsNotConfiguredAnyMore_IsLost(string token)
    {
        var reading = ReadOnAsync(Create(), ResponseContinuationToken.FromBytes(Encoding.UTF8.GetBytes(token)));

        Assert.Equal(ModelErrors.ResponseLost, (await reading).Fault?.Code);
        Assert.Equal(0, one.Replies.Count + two.Replies.Count + three.Replies.Count);
    }

    [Fact]
    public async Task Background_IsAskedOnlyOfModelsThatHaveIt()
    {
        var client = Create();
        var asking = CollectedReply.FromAsync(client.GetStreamingResponseAsync([Question], new ChatOptions { AllowBackgroundResponses = true }));
        var first = await one.NextReplyAsync();
        first.Fail(Fault(ModelErrors.Rejected, 401));
        (await two.NextReplyAsync()).Fail(Fault(ModelErrors.Rejected, 401));
        var other = await three.NextReplyAsync();
        other.Complete();
        await asking;

        Assert.True(first.Options!.AllowBackgroundResponses);
        Assert.Null(other.Options!.AllowBackgroundResponses);
    }

    // As a journal has it: the process that began the reply is gone.
    private async Task<ResponseContinuationToken> BeginAsync()
    {
        var updates = Create().GetStreamingResponseAsync([Question]).GetAsyncEnumerator();
        var next = updates.MoveNextAsync().AsTask();
        (await one.NextReplyAsync()).Fail(Fault(ModelErrors.Error, 500));
        (await two.NextReplyAsync()).Attach("resp_1");
        Assert.True(await next);
        var token = updates.Current.ContinuationToken!;
        await updates.DisposeAsync();
        return ResponseContinuationToken.FromBytes(token.ToBytes());
    }

    private static Task<CollectedReply> ReadOnAsync(RoutedChatClient client, ResponseContinuationToken token) =>
        CollectedReply.FromAsync(client.GetStreamingResponseAsync([Question], new ChatOptions { ContinuationToken = token }));

    private RoutedChatClient Create()
    {
        var own = Model("own", 3, one, two) with
        {
            Endpoints = [(new ModelEndpoint("own/1", one, Circuit()), 1), (new ModelEndpoint("own/2", two, Circuit()), 1)],
            Capabilities = new ModelCapabilities(Background: true),
        };
        var other = Model("other", 1, three) with { Endpoints = [(new ModelEndpoint("other/1", three, Circuit()), 1)] };
        return Client(own, other);
    }
}
