using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Events;
using OrleansChat.Limiting;
using OrleansChat.Models;
using OrleansChat.Replies;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Limiting;

/// <summary>A reply that has only so many tokens.</summary>
public sealed class TokenAllowanceTests : IDisposable
{
    private readonly ScriptedChatClient client = new();
    private readonly ManualTimeProvider clock = new();
    private readonly List<long> asked = [];
    private long left;

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task A_reply_is_stopped_in_its_text_with_the_piece_that_goes_beyond_what_is_left()
    {
        // 4 for the message, 1 for its text, 4 for the reply.
        left = 9;
        var stream = Start(slice: 2);
        var reply = await client.NextReplyAsync();
        reply.Emit("1234", "1234", "1234", "1234", "last", "never");

        // The fifth piece has been paid for when it comes.
        Assert.Equal(new ReplyOutcome.OutOfBudget { Usage = new TokenUsage(5, 5) { Estimated = true }, WasAsked = true }, await stream.Outcome);
        Assert.Equal(["1234", "1234", "1234", "1234", "last"], await PiecesAsync(stream));
        await reply.Cancelled.WaitAsync(TestLimits.Signal);
        var end = Assert.IsType<ReplyCompleted>((await stream.Outcome).ToEvent(7, "msg_3", clock.GetUtcNow()));
        Assert.Equal("budget", end.FinishReason);
    }

    [Fact]
    public async Task A_reply_that_its_model_ends_within_what_is_left_is_complete()
    {
        left = 9;
        var stream = Start(slice: 2);
        var reply = await client.NextReplyAsync();
        reply.Emit("1234", "1234", "1234", "1234");
        reply.Complete();

        Assert.IsType<ReplyOutcome.Completed>(await stream.Outcome);
        Assert.Equal(6, asked[0]);
        Assert.Equal(0, left);
    }

    [Fact]
    public async Task What_is_spent_before_a_reply_comes_out_of_what_it_has()
    {
        left = 20;
        var allowance = Allowance(slice: 2);

        Assert.True(await allowance.SpendAsync(12));
        Assert.False(await allowance.SpendAsync(9));
        Assert.False(await allowance.BeginAsync(8));
        Assert.Equal(0, left);
    }

    [Fact]
    public async Task What_was_too_much_to_be_spent_before_a_reply_is_still_there_for_it()
    {
        left = 20;
        var allowance = Allowance(slice: 2);

        Assert.False(await allowance.SpendAsync(21));
        Assert.True(await allowance.BeginAsync(19));
        Assert.True(allowance.Covers(1));
        Assert.False(allowance.Covers(2));
    }

    [Fact]
    public async Task A_model_is_not_asked_where_the_question_alone_costs_more_than_is_left()
    {
        left = 5;
        var outcome = await Start(slice: 2).Outcome;

        Assert.Equal(new ReplyOutcome.OutOfBudget(), outcome);
        Assert.False(outcome.WasAsked);
        Assert.Empty(client.Replies);
    }

    [Fact]
    public async Task The_next_slice_is_asked_for_while_the_last_is_spent()
    {
        var answers = new Queue<TaskCompletionSource<long>>([new(), new(), new()]);
        var calls = answers.ToArray();
        var allowance = new TokenAllowance(_ => answers.Dequeue().Task, clock, NullLogger.Instance);
        var begun = allowance.BeginAsync(10);
        calls[0].SetResult(110);
        Assert.True(await begun);

        Assert.True(allowance.Covers(44));
        Assert.Equal(2, answers.Count);
        Assert.True(allowance.Covers(45));
        Assert.True(allowance.Covers(100));
        Assert.Single(answers);
        Assert.False(allowance.Covers(101));

        var waiting = allowance.WaitAsync(101);
        Assert.False(waiting.IsCompleted);
        calls[1].SetResult(0);

        // Nothing came ahead, and there is nothing when it is needed.
        calls[2].SetResult(0);
        Assert.False(await waiting);
        Assert.Equal(110, allowance.Granted);
    }

    [Fact]
    public async Task A_reply_goes_on_when_nobody_can_be_asked()
    {
        var allowance = new TokenAllowance(_ => throw new TimeoutException(), clock, NullLogger.Instance);
        var begun = allowance.BeginAsync(10);
        while (!begun.IsCompleted)
        {
            await clock.WaitForTimersAsync();
            clock.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.True(await begun);
        Assert.True(allowance.Covers(400));
    }

    private static async Task<List<string>> PiecesAsync(ModelStream stream)
    {
        var pieces = new List<string>();
        await foreach (var piece in stream.Pieces.ReadAllAsync())
        {
            pieces.Add(piece.Text);
        }

        return pieces;
    }

    private ModelStream Start(long slice) => ModelStream.Start(
        new Model(new ModelInfo("scripted", "tests", true), client, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5)),
        new ReplyRequest([new ChatMessage(ChatRole.User, "go")]),
        clock,
        NullLogger.Instance,
        Allowance(slice));

    private TokenAllowance Allowance(long slice) => new(
        wanted =>
        {
            asked.Add(wanted);
            var granted = Math.Min(left, Math.Max(wanted, slice));
            left -= granted;
            return Task.FromResult(granted);
        },
        clock,
        NullLogger.Instance);
}
