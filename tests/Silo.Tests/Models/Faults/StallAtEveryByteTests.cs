using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Models;
using OrleansChat.Replies;
using OrleansChat.Testing.Faults;
using OrleansChat.Testing.Faults.Recordings;
using OrleansChat.Testing.Time;
using Xunit.Abstractions;

namespace OrleansChat.Silo.Tests.Models.Faults;

/// <summary>
/// A model that falls silent, as the grain sees it: its stream with the watchdog over it, and a clock that the test moves. Nothing but the clock
/// can end such a reply, and the clock does.
/// </summary>
public sealed class StallAtEveryByteTests(ITestOutputHelper output) : EveryByteTests(output)
{
    private static readonly TimeSpan FirstTokenTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SilenceTimeout = TimeSpan.FromSeconds(1);

    [Theory, MemberData(nameof(Dialects))]
    public async Task A_connection_that_falls_silent_after_any_byte(string dialect)
    {
        await using var played = new PlayedRecording(dialect);
        // After its last byte a response that needs no end of the connection is whole.
        var last = played.Recording.Length - (played.Recording.ClosesConnection ? 0 : 1);
        for (var at = 0; at <= last; at++)
        {
            var fault = Fault.Stall(at);
            var expected = played.Recording.Cut(at, FaultEnding.Stall);
            if (expected.FinishReason is null)
            {
                expected = expected with { Error = expected.Text.Length == 0 ? ModelErrors.FirstTokenTimeout : ModelErrors.SilenceTimeout };
            }

            await played.CaseAsync(fault, at, async () =>
            {
                var answer = played.Upstream.Enqueue(played.Recording, fault);
                using var observed = new ObservedEnd(played.Client);
                var stream = ModelStream.Start(ModelOf(observed), new ReplyRequest([new ChatMessage(ChatRole.User, "Hi")]), played.Clock, NullLogger.Instance);
                await answer.Reached.WaitAsync(TestLimits.Signal);
                var text = "";
                while (text.Length < expected.Text.Length)
                {
                    text += (await stream.Pieces.ReadAsync().AsTask().WaitAsync(TestLimits.Signal)).Text;
                }

                if (expected.FinishReason is not null)
                {
                    await observed.Taken.WaitAsync(TestLimits.Signal);
                }

                var allowed = expected.FinishReason is not null ? StreamDeadlines.EndingTimeout
                    : text.Length == 0 ? FirstTokenTimeout
                    : SilenceTimeout;
                var outcome = await EndBySilenceAsync(stream, played.Clock, allowed);
                await foreach (var piece in stream.Pieces.ReadAllAsync())
                {
                    text += piece.Text;
                }

                PlayedRecording.Compare(expected with { Usage = null }, Seen(text, outcome));
                await answer.Left.WaitAsync(TestLimits.Signal);
            });
        }

        played.AssertAllWell(Output);
    }

    [Fact]
    public async Task A_client_that_hangs_after_the_end_signal_does_not_fail_the_reply()
    {
        // The client's clock stands, and so it waits for the rest of the response for ever; the grain's goes on.
        await using var played = new PlayedRecording("ollama");
        var clock = new ManualTimeProvider();
        var answer = played.Upstream.Enqueue(played.Recording, Fault.Stall(played.Recording.EndSignal));
        using var observed = new ObservedEnd(played.Client);
        var stream = ModelStream.Start(ModelOf(observed), new ReplyRequest([new ChatMessage(ChatRole.User, "Hi")]), clock, NullLogger.Instance);
        await observed.Taken.WaitAsync(TestLimits.Signal);

        clock.Advance(StreamDeadlines.EndingTimeout);
        stream.CheckSilence();
        Assert.False(stream.Outcome.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        stream.CheckSilence();

        Assert.Equal("stop", Assert.IsType<ReplyOutcome.Completed>(await stream.Outcome).FinishReason);
        await answer.Left.WaitAsync(TestLimits.Signal);
    }

    private static Model ModelOf(IChatClient client) =>
        new(new ModelInfo("stalling", "tests", true), client, FirstTokenTimeout, SilenceTimeout);

    private static async Task<ReplyOutcome> EndBySilenceAsync(ModelStream stream, ManualTimeProvider clock, TimeSpan allowed)
    {
        clock.Advance(allowed / 2);
        stream.CheckSilence();
        Assert.False(stream.Outcome.IsCompleted && await stream.Outcome is ReplyOutcome.Failed, "It failed before its time.");
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        while (!stream.Outcome.IsCompleted)
        {
            // More than once where the stream was still writing down when its last piece came.
            patience.Token.ThrowIfCancellationRequested();
            clock.Advance((allowed / 2) + TimeSpan.FromMilliseconds(1));
            stream.CheckSilence();
            await Task.Yield();
        }

        return await stream.Outcome;
    }

    private static ExpectedReply Seen(string text, ReplyOutcome outcome) => outcome switch
    {
        ReplyOutcome.Completed completed => new ExpectedReply(text, completed.FinishReason, null, null),
        ReplyOutcome.Failed failed => new ExpectedReply(text, null, null, failed.Error.Code),
        _ => throw new InvalidOperationException($"{outcome} is no end that a stall may have."),
    };
}
