using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Usage;

namespace OrleansChat.Limiting;

/// <summary>
/// What a conversation tells its owner's limits of its replies, of which one runs at a time. Its calls are made one after the other, in order; only
/// <see cref="BeginAsync"/> is waited for. On the conversation's scheduler, but for <see cref="IsRenewalDue"/>.
/// </summary>
/// <param name="owner">Who counts.</param>
/// <param name="key">The conversation.</param>
/// <param name="limits">How its owner is limited.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Where it is told that somebody could not be told.</param>
internal sealed partial class ReplyLease(IOwnerLimitsGrain owner, ConversationKey key, OwnerLimits limits, TimeProvider clock, ILogger logger)
{
    private Task last = Task.CompletedTask;
    private TokenAllowance? allowance;
    private long renewedAt;
    private long spent;
    private bool isHeld;

    /// <summary>Asks whether a reply may start.</summary>
    /// <returns>Why it may not; null if it may.</returns>
    public async Task<LimitReached?> BeginAsync()
    {
        await last;
        var refusal = await owner.BeginReply(key.Owner, key.Id);
        isHeld = refusal is null;
        renewedAt = clock.GetTimestamp();
        return refusal;
    }

    /// <summary>A reply starts, or is taken over, be it allowed or not.</summary>
    /// <param name="before">What earlier attempts at it have cost, which is in no ledger before it ends; null for nothing.</param>
    /// <returns>The tokens that it may cost; null for as many as it takes.</returns>
    public TokenAllowance? Start(TokenUsage? before = null)
    {
        spent = TokensOf(before);
        allowance = null;
        if (!isHeld || spent > 0)
        {
            isHeld = true;
            Renew();
        }

        // What is told of it is told before it asks for more.
        var told = last;
        return allowance = limits.TokensPerDay is null ? null : new TokenAllowance(TakeAsync, clock, logger);

        async Task<long> TakeAsync(long wanted)
        {
            await told;
            return await owner.TakeTokens(key.Owner, key.Id, wanted);
        }
    }

    /// <summary>Whether <see cref="RenewIfDue"/> would renew; may be asked by any thread.</summary>
    /// <param name="nextIn">When it is asked again.</param>
    public bool IsRenewalDue(TimeSpan nextIn) => Volatile.Read(ref isHeld) && clock.GetElapsedTime(Volatile.Read(ref renewedAt)) + nextIn > LeaseTimes.Renewal;

    /// <summary>Renews what is counted, unless the next call is early enough for that.</summary>
    /// <param name="nextIn">When it is called again.</param>
    public void RenewIfDue(TimeSpan nextIn)
    {
        if (IsRenewalDue(nextIn))
        {
            Renew();
        }
    }

    /// <summary>A reply has ended.</summary>
    public void End(ReplyEnded end, bool hasNext)
    {
        isHeld = hasNext;
        allowance = null;
        var tokens = TokensOf(LedgerEntry.Of(key.Id, end)?.Usage);
        Tell(() => owner.EndReply(key.Owner, key.Id, tokens, end.At, hasNext));
    }

    /// <summary>No reply has started after all.</summary>
    public void Release()
    {
        isHeld = false;
        Tell(() => owner.EndReply(key.Owner, key.Id, 0, DateTimeOffset.MinValue, hasNext: false));
    }

    private void Renew()
    {
        renewedAt = clock.GetTimestamp();
        var tokens = spent + (allowance?.Granted ?? 0);
        Tell(() => owner.RenewReply(key.Owner, key.Id, tokens));
    }

    private static long TokensOf(TokenUsage? usage) => usage is null ? 0 : usage.InputTokens + usage.OutputTokens;

    private void Tell(Func<Task> tell) => last = TellAsync(last, tell);

    private async Task TellAsync(Task before, Func<Task> tell)
    {
        await before;
        try
        {
            await tell();
        }
        catch (Exception e)
        {
            // It is told again with the next renewal, or forgotten with the lease; what was spent is in the ledger.
            LogNotTold(logger, e, key);
        }
    }

    [LoggerMessage(LogLevel.Debug, "The limits of its owner could not be told of a reply of {Conversation}.")]
    private static partial void LogNotTold(ILogger logger, Exception exception, ConversationKey conversation);
}
