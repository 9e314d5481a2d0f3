using System.Diagnostics;
using OrleansChat.Replies;

namespace OrleansChat.Telemetry;

/// <summary>
/// One reply as telemetry sees it: an activity that lives as long as it, and what the instruments are told, once per commit and never
/// per delta. Lives on the grain's scheduler.
/// </summary>
internal sealed class ReplyTelemetry : IDisposable
{
    private readonly TimeProvider clock;
    private readonly KeyValuePair<string, object?> model;
    private readonly Activity? activity;
    private readonly long start;
    private string outcome = "abandoned";
    private string? error;
    private int added;

    private ReplyTelemetry(string reply, string model, TimeProvider clock)
    {
        this.clock = clock;
        this.model = new KeyValuePair<string, object?>(TelemetryTags.Model, model);
        start = clock.GetTimestamp();

        // By its context, not by itself: the request that asks for a reply ends long before the reply, and must not be held.
        activity = ChatTelemetry.Source.StartActivity("reply", ActivityKind.Internal, Activity.Current?.Context ?? default);
        activity?.SetTag(TelemetryTags.Model, model).SetTag(TelemetryTags.Reply, reply);
    }

    /// <summary>A reply starts, in the trace of whoever asked for it; what the caller does from here on, its model's request too, is part of it.</summary>
    public static ReplyTelemetry Start(string reply, string model, TimeProvider clock) => new(reply, model, clock);

    /// <summary>Whether any of its text is durable.</summary>
    public bool HasText { get; private set; }

    /// <summary>Deltas were added to the journal.</summary>
    public void Added(int deltas) => added += deltas;

    /// <summary>Everything added is durable.</summary>
    public void Committed()
    {
        if (added == 0)
        {
            return;
        }

        if (!HasText)
        {
            HasText = true;
            if (ReplyInstruments.TimeToFirstToken.Enabled)
            {
                ReplyInstruments.TimeToFirstToken.Record(clock.GetElapsedTime(start).TotalSeconds, model);
            }

            activity?.AddEvent(new ActivityEvent("first token"));
        }

        if (ReplyInstruments.Deltas.Enabled)
        {
            ReplyInstruments.Deltas.Add(added, model);
        }

        added = 0;
    }

    /// <summary>The reply's end is durable.</summary>
    public void Ended(ReplyOutcome how)
    {
        outcome = how switch
        {
            ReplyOutcome.Completed or ReplyOutcome.OutOfBudget => "completed",
            ReplyOutcome.Failed => "failed",
            ReplyOutcome.Detached => "detached",
            _ => "cancelled",
        };
        if (how is ReplyOutcome.Failed failed)
        {
            error = failed.Error.Code;
            ErrorInstruments.Told(error);
        }
    }

    /// <summary>The reply is no longer produced here.</summary>
    public void Dispose()
    {
        var tags = new TagList { model, { TelemetryTags.ReplyOutcome, outcome } };
        if (error is not null)
        {
            tags.Add(TelemetryTags.ErrorType, error);
        }

        ReplyInstruments.Duration.Record(clock.GetElapsedTime(start).TotalSeconds, tags);
        if (activity is not null)
        {
            activity.SetTag(TelemetryTags.ReplyOutcome, outcome);
            if (error is not null)
            {
                activity.SetTag(TelemetryTags.ErrorType, error).SetStatus(ActivityStatusCode.Error, error);
            }

            activity.Dispose();
        }
    }
}
