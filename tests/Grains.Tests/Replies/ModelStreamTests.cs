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
        new ReplyRequest([new ChatMessage(ChatRole.User, "go")]),
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
    public async Task A_reply_that_goes_on_for_ever_fails_when_it_is_longer_than_any_can_be()
    {
        var reply = await client.NextReplyAsync();
        var piece = new string('x', 64 * 1024);
        for (var i = 0; i <= ReplyLimits.Characters / piece.Length; i++)
        {
            reply.Emit(piece);
        }

        var pieces = await PiecesAsync();

        Assert.Equal(ReplyLimits.Characters, pieces.Sum(each => each.Length));
        Assert.Equal(ModelErrors.Malformed, Assert.IsType<ReplyOutcome.Failed>(await stream.Outcome).Error.Code);
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
        Assert.Equal(new ReplyError(ModelErrors.RateLimited, "Slow down.", Retryable: true), Assert.IsType<ReplyOutcome.Failed>(await stream.Outcome).Error);

        using var other = new ScriptedChatClient();
        var broken = ModelStream.Start(
            new Model(new ModelInfo("scripted", "tests", true), other, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5)),
            new ReplyRequest([]), clock, NullLogger.Instance);
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
        Assert.Equal((new TokenUsage(5, 1) { Estimated = true }, true), await FailAsync([new TextContent("text")]));

        // All that it writes is paid for, and waiting for what a silent model thinks too.
        Assert.Equal(
            (new TokenUsage(5, 5) { Estimated = true }, true),
            await FailAsync([new TextReasoningContent("12345678"), new RefusalPiece("1234"), new ToolCallPiece(0, "call_1", "find", "{}  ")]));
        Assert.Equal((new TokenUsage(5, 0) { Estimated = true }, true), await FailAsync([], new ModelException(ModelErrors.FirstTokenTimeout, "Late.")));

        async Task<(TokenUsage, bool)> FailAsync(AIContent[] pieces, Exception? fault = null)
        {
            using var other = new ScriptedChatClient();
            var failing = ModelStream.Start(
                new Model(new ModelInfo("scripted", "tests", true), other, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5)),
                new ReplyRequest([new ChatMessage(ChatRole.User, "go")]),
                clock,
                NullLogger.Instance);
            var failed = await other.NextReplyAsync();
            failed.Emit(pieces);
            failed.Fail(fault);
            return await UsageOfAsync(failing);
        }

        static async Task<(TokenUsage, bool)> UsageOfAsync(ModelStream stream)
        {
            var outcome = await stream.Outcome;
            return (outcome.Usage, outcome.WasAsked);
        }
    }

    [Fact]
    public async Task What_the_model_told_of_its_cost_is_no_estimate_although_it_broke_off_after_that()
    {
        var reply = await client.NextReplyAsync();
        reply.Emit("text");
        reply.Emit(new UsageContent(new UsageDetails { InputTokenCount = 3, OutputTokenCount = 2 }));
        reply.Truncate();

        Assert.Equal(new TokenUsage(3, 2), (await stream.Outcome).Usage);
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

        Assert.Equal(ModelErrors.SilenceTimeout, Assert.IsType<ReplyOutcome.Failed>(await stream.Outcome).Error.Code);
        await reply.Cancelled;
    }

    [Fact]
    public async Task An_answer_that_does_not_begin_has_a_code_of_its_own()
    {
        var reply = await client.NextReplyAsync();
        clock.Advance(TimeSpan.FromSeconds(31));
        stream.CheckSilence();

        var error = Assert.IsType<ReplyOutcome.Failed>(await stream.Outcome).Error;
        Assert.Equal(
            new ReplyError(ModelErrors.FirstTokenTimeout, "The model did not begin its answer within 30 seconds.", Retryable: true), error);
        await reply.Cancelled;
    }

    [Fact]
    public async Task An_answer_that_goes_on_for_ever_is_ended_and_not_worth_trying_again()
    {
        var reply = await client.NextReplyAsync();

        // The stream may have noted the time of the piece before this one only, and that from before the clock went on: twice this is not silence yet.
        for (var i = 0; i < 1800 / 2; i++)
        {
            reply.Emit("on");
            await stream.Pieces.ReadAsync();
            clock.Advance(TimeSpan.FromSeconds(2));
            stream.CheckSilence();
            Assert.False(stream.Outcome.IsCompleted);
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        stream.CheckSilence();

        var error = Assert.IsType<ReplyOutcome.Failed>(await stream.Outcome).Error;
        Assert.Equal((ModelErrors.TotalTimeout, false), (error.Code, error.Retryable));
        await reply.Cancelled;
    }

    [Fact]
    public async Task The_model_that_answered_is_named_with_whatever_end()
    {
        var reply = await client.NextReplyAsync();
        reply.AnswerAs("spare");
        reply.Emit("a");
        reply.Truncate();

        Assert.Equal("spare", Assert.IsType<ReplyOutcome.Failed>(await stream.Outcome).AnsweredBy);
    }

    [Fact]
    public async Task A_journal_that_does_not_keep_up_stops_the_reading_and_is_no_silence_of_the_model()
    {
        var reply = await client.NextReplyAsync();
        reply.Emit([.. Enumerable.Repeat("x", ModelStream.PieceLimit * 2)]);
        reply.Complete();
        await Waiting.ForAsync(() => stream.IsHeldUp && stream.Pieces.Count == ModelStream.PieceLimit);

        clock.Advance(TimeSpan.FromMinutes(20));
        stream.CheckSilence();
        Assert.False(stream.Outcome.IsCompleted);

        Assert.Equal(ModelStream.PieceLimit * 2, (await PiecesAsync()).Count);
        Assert.IsType<ReplyOutcome.Completed>(await stream.Outcome);
    }

    [Fact]
    public async Task Thinking_calls_and_refusals_come_as_pieces_of_their_kind()
    {
        var reply = await client.NextReplyAsync();
        reply.Emit(
            new TextReasoningContent("Hm"),
            new TextReasoningContent("") { ProtectedData = "sig" },
            new ToolCallPiece(4, "call_a", "f", ""),
            new ToolCallPiece(7, null, "g", "{"),
            new ToolCallPiece(4, null, null, "\ud83d"),
            new ToolCallPiece(4, null, null, ""),
            new ToolCallPiece(7, null, null, "}"),
            new ToolCallPiece(4, null, null, "\ude00"),
            new FunctionCallContent("call_a", "h", new Dictionary<string, object?> { ["x"] = 1 }),
            new RefusalPiece("No"));
        reply.Complete(ChatFinishReason.ToolCalls);

        var events = new List<ConversationEvent>();
        await foreach (var piece in stream.Pieces.ReadAllAsync())
        {
            events.Add(piece.Kind!.ToEvent("m", piece.Text, 1));
        }

        var ids = events.OfType<ReplyToolCall>().Where(call => call.Id is not null).Select(call => call.Id!).ToList();
        Assert.Equal(3, ids.Distinct().Count());
        Assert.Equal("call_a", ids[0]);
        Assert.Equal(
            [
                new ReplyReasoning("m", "Hm") { Sequence = 1 },
                new ReplyReasoning("m", "", "sig") { Sequence = 1 },
                new ReplyToolCall("m", 0, "", ids[0], "f") { Sequence = 1 },
                new ReplyToolCall("m", 1, "{", ids[1], "g") { Sequence = 1 },
                new ReplyToolCall("m", 1, "}") { Sequence = 1 },
                new ReplyToolCall("m", 0, "😀") { Sequence = 1 },
                new ReplyToolCall("m", 2, "{\"x\":1}", ids[2], "h") { Sequence = 1 },
                new ReplyRefusal("m", "No") { Sequence = 1 },
            ],
            events);
        Assert.Equal(new ReplyOutcome.Completed("tool_calls") { Usage = new TokenUsage(5, 5) { Estimated = true }, WasAsked = true }, await stream.Outcome);
    }

    [Fact]
    public async Task A_model_that_calls_without_end_has_failed()
    {
        var reply = await client.NextReplyAsync();
        reply.Emit([.. Enumerable.Range(0, ReplyLimits.ToolCalls + 1).Select(index => new ToolCallPiece(index, $"call_{index}", "f", "{}"))]);

        Assert.Equal(ReplyLimits.ToolCalls, (await PiecesAsync()).Count);
        Assert.Equal(ModelErrors.Malformed, Assert.IsType<ReplyOutcome.Failed>(await stream.Outcome).Error.Code);
    }

    private async Task<List<string>> PiecesAsync()
    {
        var pieces = new List<string>();
        await foreach (var piece in stream.Pieces.ReadAllAsync())
        {
            pieces.Add(piece.Text);
        }

        return pieces;
    }
}
