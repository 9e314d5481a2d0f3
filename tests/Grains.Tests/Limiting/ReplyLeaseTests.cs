using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Events;
using OrleansChat.Limiting;
using OrleansChat.Models;
using OrleansChat.Replies;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Limiting;

/// <summary>What a conversation tells its owner's limits.</summary>
public class ReplyLeaseTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    private readonly ManualTimeProvider clock = new();
    private readonly Recorder owner;
    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));

    public ReplyLeaseTests() => owner = new Recorder(clock);

    [Fact]
    public async Task A_reply_begins_is_renewed_every_now_and_then_and_ends_with_what_it_cost()
    {
        var lease = Lease();
        Assert.Null(await lease.BeginAsync());
        var allowance = lease.Start()!;
        Assert.True(await allowance.BeginAsync(10));
        lease.RenewIfDue(Soon);
        clock.Advance(LeaseTimes.Renewal);
        lease.RenewIfDue(Soon);
        lease.RenewIfDue(Soon);
        lease.End(Completed(input: 12, output: 30), hasNext: false);
        clock.Advance(LeaseTimes.Renewal);
        lease.RenewIfDue(Soon);

        Assert.Equal(["begin", "take 11", "renew 111", "end 42"], owner.Calls);
    }

    // Timers may come a little early, and models with long timeouts are not looked at often by themselves.
    [Theory]
    [InlineData(60)]
    [InlineData(11)]
    [InlineData(5)]
    [InlineData(0.2)]
    public void It_is_renewed_as_often_as_leases_have_to_be(double timeout)
    {
        var model = new Model(new ModelInfo("m", "x", true), null!, TimeSpan.FromHours(1), TimeSpan.FromSeconds(timeout));
        var period = ReplyChecks.PeriodOf(model, isCounted: true);
        Assert.InRange(period, TimeSpan.Zero, LeaseTimes.Renewal);
        Assert.Equal(timeout >= 20 ? TimeSpan.FromSeconds(5) : period, ReplyChecks.PeriodOf(model, isCounted: false));
        var lease = Lease();
        lease.Start();
        for (var passed = TimeSpan.Zero; passed < 3 * LeaseTimes.Lease; passed += period)
        {
            clock.Advance(period - TimeSpan.FromMicroseconds(100));
            lease.RenewIfDue(period);
        }

        Assert.InRange(owner.Renewals.Zip(owner.Renewals.Skip(1), (one, next) => next - one).Max(), LeaseTimes.Renewal / 3, LeaseTimes.Renewal);
    }

    [Fact]
    public void What_waits_takes_the_place_of_the_reply_before_it()
    {
        var lease = Lease();
        lease.Start();
        lease.End(Completed(1, 1), hasNext: true);
        lease.Start();
        lease.End(Completed(1, 1), hasNext: false);

        Assert.Equal(["renew 0", "end 2 next", "end 2"], owner.Calls);
    }

    [Fact]
    public async Task A_reply_that_is_taken_over_says_what_it_has_cost_before_it_asks_for_more()
    {
        owner.Renewed = new TaskCompletionSource();
        var allowance = Lease().Start(new TokenUsage(40, 2))!;
        var begun = allowance.BeginAsync(5);
        Assert.Equal(["renew 42"], owner.Calls);
        owner.Renewed.SetResult();

        Assert.True(await begun);
        Assert.Equal(["renew 42", "take 6"], owner.Calls);
    }

    [Fact]
    public async Task Nobody_waits_for_what_cannot_be_told_and_what_comes_later_is_told_all_the_same()
    {
        owner.Renewed = new TaskCompletionSource();
        owner.Renewed.SetException(new TimeoutException());
        var lease = Lease();
        lease.Start();
        lease.End(Completed(1, 1), hasNext: false);
        Assert.Null(await lease.BeginAsync());
        lease.Release();

        Assert.Equal(["renew 0", "end 2", "begin", "end 0"], owner.Calls);
    }

    [Fact]
    public async Task Where_only_the_number_of_replies_is_limited_they_may_cost_what_they_do()
    {
        owner.Refusal = new LimitReached(OwnerLimit.ConcurrentReplies, 2, TimeSpan.FromSeconds(5));
        var lease = Lease(new OwnerLimits(2, null, null, null));

        Assert.Equal(owner.Refusal, await lease.BeginAsync());
        Assert.Null(lease.Start());
    }

    private ReplyLease Lease(OwnerLimits? limits = null) => new(owner, key, limits ?? new OwnerLimits(null, null, null, 1_000), clock, NullLogger.Instance);

    private ReplyCompleted Completed(long input, long output) =>
        new("msg_3", "stop", new TokenUsage(input, output), clock.GetUtcNow()) { Sequence = 5, AnsweredBy = "demo" };

    private sealed class Recorder(TimeProvider clock) : IOwnerLimitsGrain
    {
        public List<string> Calls { get; } = [];

        public List<DateTimeOffset> Renewals { get; } = [];

        public LimitReached? Refusal { get; set; }

        public TaskCompletionSource? Renewed { get; set; }

        public Task<RequestSlice> TakeRequests(OwnerId caller) => throw new NotSupportedException();

        public Task<int> HoldConnections(OwnerId caller, NodeId node, int open, int wanted, long version) => throw new NotSupportedException();

        public Task<LimitReached?> BeginReply(OwnerId caller, ConversationId conversation)
        {
            Calls.Add("begin");
            return Task.FromResult(Refusal);
        }

        public Task RenewReply(OwnerId caller, ConversationId conversation, long tokens)
        {
            Calls.Add($"renew {tokens}");
            Renewals.Add(clock.GetUtcNow());
            return Renewed?.Task ?? Task.CompletedTask;
        }

        public Task<long> TakeTokens(OwnerId caller, ConversationId conversation, long wanted)
        {
            Calls.Add($"take {wanted}");
            return Task.FromResult(wanted + 100);
        }

        public Task EndReply(OwnerId caller, ConversationId conversation, long tokens, DateTimeOffset at, bool hasNext)
        {
            Calls.Add(hasNext ? $"end {tokens} next" : $"end {tokens}");
            return Task.CompletedTask;
        }
    }
}
