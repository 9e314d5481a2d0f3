using OrleansChat.Limiting;
using OrleansChat.Models;

namespace OrleansChat.Replies;

/// <summary>What is looked at of a running reply, and how often: whether its model is late, and whether its lease is to be renewed.</summary>
internal static class ReplyChecks
{
    // A silence is noticed late by at most a quarter of what is allowed, or by 5 s.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The time from one look to the next.</summary>
    /// <param name="model">The model that replies.</param>
    /// <param name="isCounted">Whether the reply is counted for its owner, by a lease.</param>
    public static TimeSpan PeriodOf(Model model, bool isCounted)
    {
        var longest = isCounted ? LeaseTimes.Renewal : Longest;
        var wanted = new[] { model.FirstTokenTimeout, model.SilenceTimeout, model.TotalTimeout }.Min() / 4;
        return wanted < Shortest ? Shortest : wanted > longest ? longest : wanted;
    }

    /// <summary>The look, for any thread. To be made in a turn of the reply's grain, of which it takes another only where the lease is to be renewed.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="lease">How its owner's limits know that it runs; null where nobody has to be told.</param>
    /// <param name="period">The time from one look to the next.</param>
    public static Action Of(ReplyPump reply, ReplyLease? lease, TimeSpan period)
    {
        var turns = TaskScheduler.Current;
        return lease is null ? reply.CheckSilence : Both;

        void Both()
        {
            reply.CheckSilence();
            if (lease.IsRenewalDue(period))
            {
                _ = Task.Factory.StartNew(() => lease.RenewIfDue(period), CancellationToken.None, TaskCreationOptions.None, turns);
            }
        }
    }
}
