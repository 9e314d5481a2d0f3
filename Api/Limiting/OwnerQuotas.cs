using Microsoft.Extensions.Options;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Delivery;

namespace OrleansChat.Limiting;

/// <summary>What this node counts for the owners who are limited and make requests.</summary>
internal sealed class OwnerQuotas(
    IGrainFactory grains, IOptions<LimitOptions> options, SignInMode mode, NodeId node, TimeProvider clock, ILogger<OwnerQuotas> logger) : BackgroundService
{
    private readonly Lock gate = new();
    private readonly Dictionary<OwnerId, OwnerQuota> quotas = [];

    // Of all calls of this node, and not of what is counted for an owner: that is forgotten, while his lease of what it told may stand.
    private long version;

    /// <summary>How an owner is limited.</summary>
    public OwnerLimits LimitsOf(OwnerId owner) => options.Value.For(owner, mode.IsLocal);

    /// <summary>What is counted for an owner; <see cref="Leave"/> says that the request is served.</summary>
    public OwnerQuota Enter(OwnerId owner, OwnerLimits limits)
    {
        lock (gate)
        {
            if (!quotas.TryGetValue(owner, out var quota))
            {
                quotas[owner] = quota = Create(owner, limits);
            }

            quota.Users++;
            return quota;
        }
    }

    /// <summary>A request is served.</summary>
    public void Leave(OwnerQuota quota)
    {
        lock (gate)
        {
            quota.Users--;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LeaseTimes.Renewal, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                // Each waits for its own silo, and nobody for the others, nor for those who waited when it was the last time.
                foreach (var quota in Forget())
                {
                    _ = quota.Connections?.RenewAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The node is stopping: its leases end.
        }
    }

    // Returns what stays.
    private OwnerQuota[] Forget()
    {
        lock (gate)
        {
            foreach (var (owner, quota) in quotas)
            {
                if (quota.IsOver)
                {
                    quotas.Remove(owner);
                }
            }

            return [.. quotas.Values];
        }
    }

    private OwnerQuota Create(OwnerId owner, OwnerLimits limits)
    {
        var grain = grains.GetGrain<IOwnerLimitsGrain>(owner.Value);
        return new OwnerQuota(
            limits.RequestsPerMinute is { } most ? new OwnerRequests(() => grain.TakeRequests(owner), most, clock, logger) : null,
            limits.Connections is { } quota
                ? new OwnerConnections((open, wanted) => grain.HoldConnections(owner, node, open, wanted, Interlocked.Increment(ref version)), quota, logger)
                : null,
            RateLimitHeaders.PolicyOf(limits));
    }
}
