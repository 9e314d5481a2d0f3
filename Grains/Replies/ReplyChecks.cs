using OrleansChat.Limiting;
using OrleansChat.Models;

namespace OrleansChat.Replies;

/// <summary>How often a running reply is looked at: whether its model is late, and whether its lease is to be renewed.</summary>
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
}
