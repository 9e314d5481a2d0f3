using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Events;
using OrleansChat.Models;
using OrleansChat.Replies;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Replies;

public sealed class ModelStreamTests : IDisposable
{
    private readonly ScriptedChatClient client = new();
    private readonly ManualTimeProvider clock = new();
    private readonly ModelStream stream;

    public ModelStreamTests() => stream = ModelStream.Start(
        new Model(new ModelInfo("scripted", "tests", true), client, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5)),
        [new ChatMessage(ChatRole.User, "go")],
        clock,
        NullLogger.Instance);

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task A_reply_that_the_model_ends_is_completed()
    {
        var reply = await client.NextReplyAsync();
        reply.Emit("a", "", "b");
        reply.Complete(ChatFinishReason.Length, new UsageDetails { InputTokenCount = 3, OutputTokenCount = 2 });

        Assert.Equal(["a", "b"], await PiecesAsync());
        Assert.Equal(new ReplyOutcome.Completed("length") { Usage = new TokenUsage(3, 2), WasAsked = true }, await stream.Outcome);
    }

    [Fact]
    public async Task A_reply_that_just_stops_has_failed()
    {
        var reply = await client.NextReplyAsync();
        reply.Emit("a");
        reply.Truncate();

        Assert.Equal(["a"], await PiecesAsync());
        Assert.Equal(ModelErrors.Truncated, Assert.IsType<ReplyOutcome.Failed>(await stream.Outcome).Error.Code);
    }

    [Fact]
    public async Task A_fault_of_the_model_keeps_its_code_and_any_other_is_ours()
    {
        (await client.NextReplyAsync()).Fail(new ModelException(ModelErrors.RateLimited, "Slow down."));
        Assert.Equal(new ReplyError(ModelErrors.RateLimited, "Slow down."), Assert.IsType<ReplyOutcome.Failed>(await stream.Outcome).Error);

        using var other = new ScriptedChatClient();
        var broken = ModelStream.Start(
            new Model(new ModelInfo("scripted", "tests", true), other, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5)),
            [], clock, NullLogger.Instance);
        (await other.NextReplyAsync()).Fail(new FormatException("secret"));
        var error = Assert.IsType<ReplyOutcome.Failed>(await broken.Outcome).Error;
        Assert.Equal(ModelErrors.Internal, error.Code);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_cost_is_known_or_estimated_however_it_ends()
    {
        var reply = await client.NextReplyAsync();
        reply.Emit("12345678", "9");
        await stream.Pieces.ReadAsync();
        await stream.Pieces.ReadAsync();
        stream.Cancel(new ReplyOutcome.Cancelled());

        // 4 for the message, one for its text.
        Assert.Equal((new TokenUsage(5, 3) { Estimated = true }, true), await UsageOfAsync(stream));

        Assert.Equal((new TokenUsage(0, 0) { Estimated = true }, true), await FailAsync([]));
        Assert.Equal((new TokenUsage(5, 1) { Estimated = true }, true), await FailAsync(["text"]));

        async Task<(TokenUsage, bool)> FailAsync(string[] pieces)
        {
            using var other = new ScriptedChatClient();
            var failing = ModelStream.Start(
                new Model(new ModelInfo("scripted", "tests", true), other, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5)),
                [new ChatMessage(ChatRole.User, "go")],
                clock,
                NullLogger.Instance);
            var failed = await other.NextReplyAsync();
            failed.Emit(pieces);
            failed.Fail();
            return await UsageOfAsync(failing);
        }

        static async Task<(TokenUsage, bool)> UsageOfAsync(ModelStream stream)
        {
            var outcome = await stream.Outcome;
            return (outcome.Usage, outcome.WasAsked);
        }
    }

    [Fact]
    public async Task Cancelling_ends_it_at_once_and_aborts_the_model()
    {
        var reply = await client.NextReplyAsync();
        reply.Emit("a");
        await stream.Pieces.WaitToReadAsync();

        stream.Cancel(new ReplyOutcome.Cancelled());
        stream.Cancel(new ReplyOutcome.Cancelled());

        Assert.IsType<ReplyOutcome.Cancelled>(await stream.Outcome);
        await reply.Cancelled;
        await reply.Left;
        Assert.Equal(["a"], await PiecesAsync());
    }

    [Fact]
    public async Task Silence_is_allowed_longer_before_the_first_piece_than_after_it()
    {
        var reply = await client.NextReplyAsync();
        clock.Advance(TimeSpan.FromSeconds(29));
        stream.CheckSilence();
        Assert.False(stream.Outcome.IsCompleted);

        reply.Emit("a");
        await stream.Pieces.ReadAsync();
        reply.Emit("b");
        await stream.Pieces.ReadAsync();
        clock.Advance(TimeSpan.FromSeconds(6));
        stream.CheckSilence();

        Assert.Equal(ModelErrors.Timeout, Assert.IsType<ReplyOutcome.Failed>(await stream.Outcome).Error.Code);
        await reply.Cancelled;
    }

    [Fact]
    public async Task A_journal_that_does_not_keep_up_stops_the_reading_and_is_no_silence_of_the_model()
    {
        var reply = await client.NextReplyAsync();
        reply.Emit([.. Enumerable.Repeat("x", ModelStream.PieceLimit * 2)]);
        reply.Complete();
        await stream.Pieces.WaitToReadAsync();
        while (stream.Pieces.Count < ModelStream.PieceLimit)
        {
            await Task.Yield();
        }

        clock.Advance(TimeSpan.FromHours(1));
        stream.CheckSilence();
        Assert.False(stream.Outcome.IsCompleted);

        Assert.Equal(ModelStream.PieceLimit * 2, (await PiecesAsync()).Count);
        Assert.IsType<ReplyOutcome.Completed>(await stream.Outcome);
    }

    private async Task<List<string>> PiecesAsync()
    {
        var pieces = new List<string>();
        await foreach (var piece in stream.Pieces.ReadAllAsync())
        {
            pieces.Add(piece);
        }

        return pieces;
    }
}
