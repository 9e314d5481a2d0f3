using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Replies;
using OrleansChat.Testing.Faults;
using OrleansChat.Testing.Faults.Recordings;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.Faults;

/// <summary>What model servers get wrong, as the grain sees it: exactly this end, this text and these words, and nothing of it in the log.</summary>
public sealed class WrongAnswerTests : IAsyncLifetime
{
    private readonly RecordedUpstream upstream = new();
    private readonly ManualTimeProvider clock = new();
    private readonly RenderedLog log = new();
    private IChatClient client = null!;

    public static TheoryData<string> Names => [.. WrongAnswers.All.Select(answer => answer.Name)];

    public Task InitializeAsync()
    {
        client = ProviderClients.Create(ProviderProtocol.ChatCompletions, upstream.Endpoint, clock);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await upstream.DisposeAsync();
    }

    [Theory, MemberData(nameof(Names))]
    public async Task A_wrong_answer(string name)
    {
        var wrong = WrongAnswers.All.Single(answer => answer.Name == name);
        upstream.Enqueue(wrong.Answer);

        var stream = Start();
        var text = await ReadAsync(stream);
        var outcome = await stream.Outcome;

        var (seen, message) = outcome switch
        {
            ReplyOutcome.Completed completed => (new ExpectedReply(text, completed.FinishReason, Usage(completed), null), null),
            ReplyOutcome.Failed failed => (new ExpectedReply(text, null, Usage(failed), failed.Error.Code), failed.Error.Message),
            _ => throw new InvalidOperationException($"{outcome} is no end that a model may give."),
        };
        Assert.True(wrong.Message == message, $"must say {wrong.Message}, says {message}: {string.Join('\n', log.Entries)}");
        PlayedRecording.Compare(wrong.Reply, seen);
        Assert.Equal(wrong.Message is null ? 0 : 1, log.Entries.Count);
        Assert.All([.. log.Entries, message ?? ""], AssertTellsNothing);
        Assert.Equal(1, upstream.RequestCount);

        // Whatever it was, it spoils nothing for the next.
        upstream.Enqueue(WrongAnswer.Sse(WrongAnswer.Good));
        var next = await CollectedReply.AskAsync(client, "Hi");
        Assert.Null(next.Fault);
        Assert.Equal("good", next.Text);
        Assert.Equal(2, upstream.RequestCount);
    }

    [Fact]
    public async Task A_first_byte_that_takes_its_time_is_waited_for()
    {
        var gate = new Gate();
        upstream.Enqueue(RecordedDialects.Ollama, Fault.None with { BeforeFirstByte = gate });
        var stream = Start();
        await gate.Reached.WaitAsync(TestLimits.Signal);
        clock.Advance(TimeSpan.FromMinutes(4));
        stream.CheckSilence();
        Assert.False(stream.Outcome.IsCompleted);

        gate.Open();

        Assert.Equal(RecordedDialects.Ollama.Whole.Text, await ReadAsync(stream));
        Assert.IsType<ReplyOutcome.Completed>(await stream.Outcome);
    }

    [Fact]
    public async Task A_connection_that_was_closed_between_two_replies_is_not_used_again()
    {
        var first = upstream.Enqueue(RecordedDialects.OpenAi, Fault.Fin(RecordedDialects.OpenAi.Length));
        Assert.Null((await CollectedReply.AskAsync(client, "Hi")).Fault);
        await first.Reached.WaitAsync(TestLimits.Signal);
        upstream.Enqueue(RecordedDialects.OpenAi, Fault.None);

        Assert.Null((await CollectedReply.AskAsync(client, "Hi")).Fault);
        Assert.Equal(2, upstream.RequestCount);
    }

    // The test's clock shows 2030, and the endpoint's another time.
    [Theory]
    [InlineData("3", null, 3)]
    [InlineData("Fri, 01 Jan 2027 00:00:30 GMT", "Fri, 01 Jan 2027 00:00:00 GMT", 30)]
    [InlineData("Sat, 01 Jan 2050 00:00:30 GMT", "Sat, 01 Jan 2050 00:00:00 GMT", 30)]
    [InlineData("Fri, 01 Jan 2027 00:00:30 GMT", null, 0)]
    [InlineData("soon", "Fri, 01 Jan 2027 00:00:00 GMT", null)]
    [InlineData("-5", null, null)]
    public async Task A_time_to_retry_is_understood_whatever_the_endpoints_clock_shows(string retryAfter, string? date, int? seconds)
    {
        upstream.Enqueue(WrongAnswer.Http($"429 Slow Down\r\nRetry-After: {retryAfter}" + (date is null ? "" : $"\r\nDate: {date}"), ""));

        var reply = await CollectedReply.AskAsync(client, "Hi");

        Assert.Equal(ModelErrors.RateLimited, reply.Fault?.Code);
        Assert.Equal(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null, reply.Fault?.RetryAfter);
    }

    private ModelStream Start() => ModelStream.Start(
        new Model(new ModelInfo("wrong", "tests", true), client, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)),
        new ReplyRequest([new ChatMessage(ChatRole.User, WrongAnswer.Prompt)]),
        clock,
        log);

    private static async Task<string> ReadAsync(ModelStream stream)
    {
        var text = "";
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        await foreach (var piece in stream.Pieces.ReadAllAsync(patience.Token))
        {
            text += piece.Text;
        }

        return text;
    }

    // What the model has told; what it has not is estimated, of which other tests are.
    private static string? Usage(ReplyOutcome outcome) =>
        outcome.Usage is { Estimated: false } usage ? $"{usage.InputTokens}/{usage.OutputTokens}" : null;

    private static void AssertTellsNothing(string shown)
    {
        Assert.DoesNotContain(ProviderClients.Key, shown, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(WrongAnswer.Prompt, shown, StringComparison.OrdinalIgnoreCase);
    }
}
