using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Limiting;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Limiting;

/// <summary>What a node counts for owners, and when it forgets that.</summary>
public sealed class OwnerQuotasTests : IDisposable
{
    private readonly ManualTimeProvider clock = new();
    private readonly RecordingGrain grain = new();
    private readonly SignInMode mode = new();
    private readonly OwnerId alice = OwnerId.TryParse("alice", out var owner) ? owner : default;
    private readonly OwnerQuotas quotas;

    public OwnerQuotasTests()
    {
        mode.Set(keys: true, proxy: false);
        quotas = new OwnerQuotas(
            grain.Grains, Options.Create(new LimitOptions()), mode, new NodeId("here"), clock, NullLogger<OwnerQuotas>.Instance);
    }

    public void Dispose() => quotas.Dispose();

    // The grain keeps what it was told for the length of a lease, and takes whatever has a smaller version for a call that was overtaken.
    [Fact]
    public async Task An_owner_who_was_forgotten_and_comes_back_is_told_of_as_the_newer_one()
    {
        await quotas.StartAsync(CancellationToken.None);
        await clock.WaitForTimersAsync();
        var first = await OpenAndCloseAsync();
        clock.Advance(LeaseTimes.Renewal);
        await Waiting.ForAsync(() => first.IsOver);
        clock.Advance(LeaseTimes.Renewal);
        await Waiting.ForAsync(() => Enter() != first);

        await OpenAndCloseAsync();

        Assert.InRange(grain.Versions.Count, 3, int.MaxValue);
        Assert.Equal(grain.Versions.Distinct().Order(), grain.Versions);
        await quotas.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task An_owner_whose_silo_does_not_answer_keeps_no_other_ones_lease_from_being_renewed()
    {
        await quotas.StartAsync(CancellationToken.None);
        await clock.WaitForTimersAsync();
        var quota = Enter();
        Assert.True(await quota.Connections!.TryOpenAsync(default));
        var slow = quotas.Enter(OwnerId.TryParse(RecordingGrain.Slow, out var owner) ? owner : default, new OwnerLimits(null, null, 2, null));
        _ = slow.Connections!.TryOpenAsync(default).AsTask();

        for (var i = 2; i < 6; i++)
        {
            clock.Advance(LeaseTimes.Renewal);
            await Waiting.ForAsync(() => grain.Versions.Count >= i);
        }

        await quotas.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void The_owner_of_a_machine_of_ones_own_is_limited_from_when_people_sign_in()
    {
        Assert.True(quotas.LimitsOf(OwnerId.Local).HasAtEdge);
        mode.Set(keys: false, proxy: false);
        Assert.False(quotas.LimitsOf(OwnerId.Local).HasAtEdge);
        Assert.True(quotas.LimitsOf(alice).HasAtEdge);
    }

    private OwnerQuota Enter()
    {
        var quota = quotas.Enter(alice, new OwnerLimits(null, null, 2, null));
        quotas.Leave(quota);
        return quota;
    }

    private async Task<OwnerQuota> OpenAndCloseAsync()
    {
        var quota = Enter();
        Assert.True(await quota.Connections!.TryOpenAsync(default));
        quota.Connections.Close();
        return quota;
    }

    /// <summary>Who counts for all owners, and gives what is wanted.</summary>
    public sealed class RecordingGrain : IOwnerLimitsGrain
    {
        /// <summary>The owner whose questions are not answered.</summary>
        public const string Slow = "slow";

        private readonly Lock gate = new();
        private readonly List<long> versions = [];
        private readonly TaskCompletionSource<int> never = new();

        /// <summary>The versions that it was told, in order.</summary>
        public IReadOnlyList<long> Versions
        {
            get
            {
                lock (gate)
                {
                    return [.. versions];
                }
            }
        }

        /// <summary>Where it is.</summary>
        public IGrainFactory Grains => FakeGrains.Of(this);

        public Task<int> HoldConnections(OwnerId caller, NodeId node, int open, int wanted, long version)
        {
            if (caller.Value == Slow)
            {
                return never.Task;
            }

            lock (gate)
            {
                versions.Add(version);
            }

            return Task.FromResult(wanted);
        }

        public Task<RequestSlice> TakeRequests(OwnerId caller) => throw new NotSupportedException();

        public Task<LimitReached?> BeginReply(OwnerId caller, ConversationId conversation) => throw new NotSupportedException();

        public Task RenewReply(OwnerId caller, ConversationId conversation, long tokens) => throw new NotSupportedException();

        public Task<long> TakeTokens(OwnerId caller, ConversationId conversation, long wanted) => throw new NotSupportedException();

        public Task EndReply(OwnerId caller, ConversationId conversation, long tokens, DateTimeOffset at, bool hasNext) => throw new NotSupportedException();
    }
}
