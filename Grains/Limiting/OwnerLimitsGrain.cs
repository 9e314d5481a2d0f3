using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Journal;

namespace OrleansChat.Limiting;

/// <inheritdoc cref="IOwnerLimitsGrain"/>
internal sealed class OwnerLimitsGrain(IConversationStore store, LocalOwner local, TimeProvider clock) : Grain, IOwnerLimitsGrain
{
    // Replies take seconds. Nobody knows when the next one ends.
    private static readonly TimeSpan ReplyPause = TimeSpan.FromSeconds(5);

    private readonly RequestWindow requests = new(clock);
    private readonly ConnectionLeases connections = new(clock);
    private readonly ReplyLeases replies = new(clock);
    private readonly TokenDay day = new(clock);
    private OwnerId owner;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!OwnerId.TryParse(this.GetPrimaryKeyString(), out owner))
        {
            throw new InvalidOperationException($"'{this.GetPrimaryKeyString()}' is not an owner's id.");
        }

        return Task.CompletedTask;
    }

    public async Task<RequestSlice> TakeRequests(OwnerId caller)
    {
        Expect(caller);
        return (await LimitsAsync()).RequestsPerMinute is { } quota
            ? requests.Take(quota)
            : new RequestSlice(int.MaxValue / 2, int.MaxValue / 2, RequestWindow.Length);
    }

    public async Task<int> HoldConnections(OwnerId caller, NodeId node, int open, int wanted, long version)
    {
        Expect(caller);
        return connections.Hold(node, open, wanted, version, (await LimitsAsync()).Connections);
    }

    public async Task<LimitReached?> BeginReply(OwnerId caller, ConversationId conversation)
    {
        Expect(caller);
        var limits = await LimitsAsync();
        if (limits.ConcurrentReplies is { } most && !replies.Has(conversation) && replies.Count >= most)
        {
            return new LimitReached(OwnerLimit.ConcurrentReplies, most, ReplyPause);
        }

        if (limits.TokensPerDay is { } quota && await LeftAsync(quota) == 0)
        {
            return new LimitReached(OwnerLimit.TokensPerDay, quota, day.Rest);
        }

        replies.Renew(conversation);
        return null;
    }

    public Task RenewReply(OwnerId caller, ConversationId conversation, long tokens)
    {
        Expect(caller);
        replies.Renew(conversation, tokens);
        return Task.CompletedTask;
    }

    public async Task<long> TakeTokens(OwnerId caller, ConversationId conversation, long wanted)
    {
        Expect(caller);
        var tokens = (await LimitsAsync()).TokensPerDay is { } quota ? TokenDay.Slice(wanted, await LeftAsync(quota)) : long.MaxValue / 2;
        if (replies.Has(conversation))
        {
            // One that has ended meanwhile does not come back by this.
            replies.Grant(conversation, tokens);
        }

        return tokens;
    }

    public Task EndReply(OwnerId caller, ConversationId conversation, long tokens, DateTimeOffset at, bool hasNext)
    {
        Expect(caller);
        replies.End(conversation, hasNext);
        day.Add(tokens, at);
        return Task.CompletedTask;
    }

    // Each time: the owner of a machine is limited from when others sign in there too.
    private ValueTask<OwnerLimits> LimitsAsync() => local.LimitsOfAsync(owner, CancellationToken.None);

    private async Task<long> LeftAsync(long quota)
    {
        if (day.IsStale)
        {
            var (today, now) = (day.Today, clock.GetUtcNow());
            var rows = await store.ReadUsageAsync(owner, today, today, CancellationToken.None);
            day.Read(today, now, rows.Sum(row => row.InputTokens + row.OutputTokens));
        }

        return day.Left(quota, replies.Tokens);
    }

    // Only the product itself calls it, on behalf of somebody.
    private void Expect(OwnerId caller)
    {
        if (caller != owner)
        {
            throw new ArgumentException("The limits of one owner were asked for on behalf of another.", nameof(caller));
        }
    }
}
