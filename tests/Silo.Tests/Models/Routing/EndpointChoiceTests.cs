using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Models.Routing;
using OrleansChat.Testing.Models;

namespace OrleansChat.Silo.Tests.Models.Routing;

/// <summary>Several endpoints, and models that stand in for others.</summary>
public sealed class EndpointChoiceTests : RoutingTests
{
    private static readonly ChatMessage Question = new(ChatRole.User, "Hi");

    private readonly ScriptedChatClient one = new();
    private readonly ScriptedChatClient two = new();
    private readonly ScriptedChatClient three = new();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.24, 1)]
    [InlineData(0.26, 2)]
    [InlineData(0.99, 2)]
    public async Task Weights_ShareTheRequests(double dice, int expected)
    {
        Dice = dice;
        var client = Client(Model("test", 3, (one, 1), (two, 3)));

        var asking = CollectedReply.AskAsync(client, "Hi");
        await AnswerAsync(expected == 1 ? one : two, "a");

        Assert.Equal("a", (await asking).Text);
        Assert.Equal(1, one.Replies.Count + two.Replies.Count);
    }

    [Fact]
    public async Task NextEndpoint_IsAskedAtOnce_AndTheFirstOneAgainOnlyAfterItsWait()
    {
        Dice = 0.4;
        var asking = CollectedReply.AskAsync(Client(Model("test", 3, one, two)), "Hi");
        (await one.NextReplyAsync()).Fail(Fault(ModelErrors.RateLimited, 429, TimeSpan.FromSeconds(9)));
        await FailAndWaitAsync(await two.NextReplyAsync(), Fault(ModelErrors.Error, 503), TimeSpan.FromSeconds(0.4));
        await AnswerAsync(two, "a");

        Assert.Equal("a", (await asking).Text);
        Assert.Equal((1, 2), (one.Replies.Count, two.Replies.Count));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task RefusedByOneEndpoint_MayBeAnsweredByTheNext(int status)
    {
        Dice = 0;
        var asking = CollectedReply.AskAsync(Client(Model("test", 3, one, two)), "Hi");
        (await one.NextReplyAsync()).Fail(Fault(ModelErrors.Rejected, status));
        (await two.NextReplyAsync()).Fail(Fault(ModelErrors.Error, 500));
        await AnswerAsync(two, "a");

        Assert.Equal("a", (await asking).Text);
        Assert.Equal((1, 2), (one.Replies.Count, two.Replies.Count));
    }

    [Fact]
    public async Task BadRequest_IsBadEverywhere()
    {
        Dice = 0;
        var asking = CollectedReply.AskAsync(Client(Model("test", 3, one, two), Model("spare", 3, three)), "Hi");
        (await one.NextReplyAsync()).Fail(Fault(ModelErrors.Rejected, 400));

        Assert.Equal(ModelErrors.Rejected, (await asking).Fault?.Code);
        Assert.Empty(two.Replies);
        Assert.Empty(three.Replies);
    }

    [Fact]
    public async Task Fallbacks_AreAskedInOrder_AndTheOneThatAnswersIsNamed()
    {
        Dice = 0;
        var client = Client(Model("test", 2, one), Model("spare", 1, two), Model("last", 1, three));
        var reading = ReadAsync(client, [Question]);
        (await one.NextReplyAsync()).Fail(Fault(ModelErrors.Error, 500));
        (await one.NextReplyAsync()).Fail(Fault(ModelErrors.Error, 500));

        // What a fallback does not take is no reason to stop.
        (await two.NextReplyAsync()).Fail(Fault(ModelErrors.Rejected, 400));
        await AnswerAsync(three, "a");

        Assert.All(await reading, update => Assert.Equal("last", update.ModelId));
        Assert.Equal((2, 1, 1), (one.Replies.Count, two.Replies.Count, three.Replies.Count));
    }

    [Fact]
    public async Task ModelThatAnswersItself_IsNotNamed()
    {
        var reading = ReadAsync(Client(Model("test", 2, one), Model("spare", 1, two)), [Question]);
        await AnswerAsync(one, "a");

        Assert.All(await reading, update => Assert.Null(update.ModelId));
    }

    [Fact]
    public async Task AllFail_TheFaultThatMayPassIsTold()
    {
        Dice = 0;
        var asking = CollectedReply.AskAsync(Client(Model("test", 1, one), Model("spare", 1, two)), "Hi");
        (await one.NextReplyAsync()).Fail(Fault(ModelErrors.RateLimited, 429));
        (await two.NextReplyAsync()).Fail(Fault(ModelErrors.Rejected, 401));

        Assert.Equal(ModelErrors.RateLimited, (await asking).Fault?.Code);
    }

    [Fact]
    public async Task TextToBeContinued_IsContinuedByItsModelOrNotAtAll()
    {
        Dice = 0;
        var client = Client(Model("test", 1, one, two), Model("spare", 1, three));
        var asking = CollectedReply.FromAsync(client.GetStreamingResponseAsync([Question, new(ChatRole.Assistant, "So far")]));
        (await one.NextReplyAsync()).Fail(Fault(ModelErrors.Error, 500));

        Assert.Equal(ModelErrors.Error, (await asking).Fault?.Code);
        Assert.Empty(three.Replies);
    }

    [Fact]
    public async Task FallbackThatCannotDoWhatIsAsked_IsLeftOut()
    {
        Dice = 0;
        var blind = Model("blind", 1, two) with { Capabilities = new ModelCapabilities(Images: false) };
        var clumsy = Model("clumsy", 1, three) with { Capabilities = new ModelCapabilities(Tools: false) };
        ChatMessage image = new(ChatRole.User, [new UriContent("https://example.org/a.png", "image/png")]);

        var seeing = CollectedReply.FromAsync(Client(Model("test", 1, one), blind, clumsy).GetStreamingResponseAsync([image]));
        (await one.NextReplyAsync()).Fail(Fault(ModelErrors.Error, 500));
        await AnswerAsync(three, "seen");
        var calling = CollectedReply.FromAsync(Client(Model("test", 1, one), clumsy, blind).GetStreamingResponseAsync(
            [Question], new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")] }));
        (await one.NextReplyAsync()).Fail(Fault(ModelErrors.Error, 500));
        await AnswerAsync(two, "called");

        Assert.Equal(("seen", "called"), ((await seeing).Text, (await calling).Text));
        Assert.Equal((1, 1), (two.Replies.Count, three.Replies.Count));
    }

    private static async Task AnswerAsync(ScriptedChatClient client, string text)
    {
        var reply = await client.NextReplyAsync();
        reply.Emit(text);
        reply.Complete();
    }

    private static async Task<List<ChatResponseUpdate>> ReadAsync(RoutedChatClient client, IEnumerable<ChatMessage> messages)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync(messages))
        {
            updates.Add(update);
        }

        return updates;
    }
}
