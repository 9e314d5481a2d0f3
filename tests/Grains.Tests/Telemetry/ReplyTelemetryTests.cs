using OrleansChat.Events;
using OrleansChat.Replies;
using OrleansChat.Telemetry;
using OrleansChat.Testing;
using OrleansChat.Testing.Telemetry;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Telemetry;

[Collection(Alone.Name)]
public class ReplyTelemetryTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void A_reply_is_timed_to_its_first_durable_text_and_to_its_end_and_its_deltas_are_counted_by_commit()
    {
        using var measurements = new Measurements(ChatTelemetry.Name);

        using (var reply = ReplyTelemetry.Start("msg_3", "demo", clock))
        {
            reply.Committed();
            reply.Added(2);
            clock.Advance(TimeSpan.FromMilliseconds(700));
            reply.Committed();
            reply.Added(3);
            reply.Added(4);
            clock.Advance(TimeSpan.FromMilliseconds(300));
            reply.Committed();
            reply.Ended(new ReplyOutcome.Completed("stop"));
        }

        Assert.Equal([(0.7, "gen_ai.request.model=demo")], measurements.Of("orleanschat.reply.time_to_first_token"));
        Assert.Equal([(2, "gen_ai.request.model=demo"), (7, "gen_ai.request.model=demo")], measurements.Of("orleanschat.reply.deltas"));
        Assert.Equal([(1, "gen_ai.request.model=demo orleanschat.reply.outcome=completed")], measurements.Of("orleanschat.reply.duration"));
    }

    [Fact]
    public void A_failed_reply_is_an_error_and_one_that_is_given_up_is_not()
    {
        using var measurements = new Measurements(ChatTelemetry.Name);

        using (var failed = ReplyTelemetry.Start("msg_3", "demo", clock))
        {
            failed.Ended(new ReplyOutcome.Failed(new ReplyError("upstream_timeout", "Silence.")));
        }

        ReplyTelemetry.Start("msg_5", "demo", clock).Dispose();

        Assert.Equal([(1, "error.type=upstream_timeout")], measurements.Of("orleanschat.errors"));
        Assert.Equal(
            [
                (0, "gen_ai.request.model=demo orleanschat.reply.outcome=failed error.type=upstream_timeout"),
                (0, "gen_ai.request.model=demo orleanschat.reply.outcome=abandoned"),
            ],
            measurements.Of("orleanschat.reply.duration"));
    }

    [Fact]
    public void Replies_that_run_are_counted_also_for_who_listens_late()
    {
        // Other tests' replies may run for ever.
        using var before = new Measurements(ChatTelemetry.Name);
        before.Ask();
        var others = before.Of("orleanschat.replies.running")[0].Value;
        var replies = new RunningReplies();
        replies.Started();
        replies.Started();
        replies.Ended();
        using var measurements = new Measurements(ChatTelemetry.Name);

        measurements.Ask();
        replies.Ended();
        measurements.Ask();

        Assert.Equal([(others + 1, ""), (others, "")], measurements.Of("orleanschat.replies.running"));
    }

    [Fact]
    public void What_became_of_replies_without_a_producer_is_counted()
    {
        using var measurements = new Measurements(ChatTelemetry.Name);

        ReplyInstruments.TakenOver(Blocks.Continued(5, "msg_3"));
        ReplyInstruments.TakenOver(Blocks.Restarted(5, "msg_3"));
        ReplyInstruments.TakenOver(new ReplyInterrupted("msg_3", null, Blocks.At) { Sequence = 5 });
        ReplyInstruments.TakenOver(new ReplyFailed("msg_3", new ReplyError("model_gone", "Gone."), null, Blocks.At) { Sequence = 5 });

        Assert.Equal(
            ["continued", "restarted", "interrupted", "failed"],
            measurements.Of("orleanschat.takeovers").Select(measured => measured.Tags["orleanschat.takeover.kind=".Length..]));
    }

    [Fact]
    public void Where_nobody_listens_a_commit_of_deltas_allocates_nothing()
    {
        using var reply = ReplyTelemetry.Start("msg_3", "demo", clock);
        Commit(reply);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000; i++)
        {
            Commit(reply);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Commit(ReplyTelemetry reply)
        {
            reply.Added(1);
            reply.Committed();
            _ = JournalInstruments.WantsCommits;
        }
    }
}
