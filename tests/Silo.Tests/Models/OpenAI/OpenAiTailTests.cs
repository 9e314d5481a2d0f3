using Microsoft.Extensions.AI;
using OrleansChat.Models.OpenAI;
using OrleansChat.Testing.Models;

namespace OrleansChat.Silo.Tests.Models.OpenAI;

/// <summary>What comes after the model's end signal can add the usage, and nothing else.</summary>
public sealed class OpenAiTailTests : OpenAiTests
{
    private static readonly ModelScript Ended = ModelScript.Stream.Text("a").Finish().Usage(3, 1);

    public static TheoryData<string, ModelScript> Faults => new()
    {
        { "an error chunk", Ended.Error("server_error").Done() },
        { "an error event", Ended.Event("oops", "error").Done() },
        { "half an event of JSON", Ended.Event("{\"choices\":[").Done() },
        { "a closed connection", Ended.Cut() },
        { "an event without end", Ended.Raw("data: " + new string('x', 2 * EventBudgetStream.MostBytes)).Stall() },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task FaultAfterTheEndSignal_DoesNotFailTheReply(string fault, ModelScript script)
    {
        Assert.NotEmpty(fault);
        var reply = await AskAsync(script);

        Assert.Null(reply.Fault);
        Assert.Equal("a", reply.Text);
        Assert.Equal(["stop"], reply.FinishReasons);
        Assert.Equal(["3/1"], reply.Usages);
    }

    [Fact]
    public async Task SilenceAfterTheEndSignal_EndsTheReplyAfterTwoSeconds()
    {
        Server.Enqueue(ModelScript.Stream.Text("a").Finish().Stall());
        await using var updates = Client.GetStreamingResponseAsync([]).GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync());
        Assert.True(await updates.MoveNextAsync());
        Assert.Equal(ChatFinishReason.Stop, updates.Current.FinishReason);

        var end = updates.MoveNextAsync();
        Time.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.False(end.IsCompleted);
        Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(await end);
        await (await Server.NextRequestAsync()).Aborted.WaitAsync(Soon);
    }

    [Fact]
    public async Task SilenceAfterDone_EndsTheReplyAfterATenthOfASecond()
    {
        Server.Enqueue(ModelScript.Stream.Text("a").Finish().Usage(3, 1).Done().Stall());
        await using var updates = Client.GetStreamingResponseAsync([]).GetAsyncEnumerator();
        for (var update = 0; update < 3; update++)
        {
            Assert.True(await updates.MoveNextAsync());
        }

        Assert.IsType<UsageContent>(Assert.Single(updates.Current.Contents));
        var end = updates.MoveNextAsync();
        Time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(end.IsCompleted);
        Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(await end);
    }
}
