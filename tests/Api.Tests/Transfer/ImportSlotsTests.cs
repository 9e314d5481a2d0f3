using OrleansChat.Conversations;
using OrleansChat.Errors;
using OrleansChat.Testing.Time;
using OrleansChat.Transfer;

namespace OrleansChat.Api.Tests.Transfer;

/// <summary>Who imports when, by a clock that the tests move.</summary>
public sealed class ImportSlotsTests
{
    private static readonly OwnerId Alice = Owner("alice");
    private static readonly OwnerId Bob = Owner("bob");

    private readonly ManualTimeProvider clock = new();
    private readonly ImportSlots slots;

    public ImportSlotsTests() => slots = new ImportSlots(clock);

    [Fact]
    public async Task An_owner_waits_for_himself_and_nobody_for_another()
    {
        var first = await slots.TakeTurnAsync(Alice, default);
        var second = slots.TakeTurnAsync(Alice, default);
        using var other = await slots.TakeTurnAsync(Bob, default).WaitAsync(TestLimits.Signal);
        Assert.False(second.IsCompleted);

        first.Dispose();
        using var turn = await second.WaitAsync(TestLimits.Signal);
    }

    [Fact]
    public async Task Nobody_waits_for_himself_for_long_and_who_gives_up_leaves_nothing_behind()
    {
        var first = await slots.TakeTurnAsync(Alice, default);
        using var leaving = new CancellationTokenSource();
        var (second, third) = (slots.TakeTurnAsync(Alice, default), slots.TakeTurnAsync(Alice, leaving.Token));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => third.WaitAsync(TestLimits.Signal));
        clock.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<BusyException>(() => second.WaitAsync(TestLimits.Signal));

        first.Dispose();
        (await slots.TakeTurnAsync(Alice, default).WaitAsync(TestLimits.Signal)).Dispose();
    }

    [Fact]
    public async Task A_few_are_worked_on_at_once_and_nobody_waits_for_that_for_long()
    {
        var working = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => slots.StartWorkAsync(default))).WaitAsync(TestLimits.Signal);
        var (fifth, sixth) = (slots.StartWorkAsync(default), slots.StartWorkAsync(default));
        Assert.False(fifth.IsCompleted);
        working[0].Dispose();
        (await fifth.WaitAsync(TestLimits.Signal)).Dispose();
        using var sixthAtWork = await sixth.WaitAsync(TestLimits.Signal);

        var seventh = slots.StartWorkAsync(default);
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(ImportSlots.AllTaken, (await Assert.ThrowsAsync<BusyException>(() => seventh.WaitAsync(TestLimits.Signal))).Message);
    }

    private static OwnerId Owner(string id) => OwnerId.TryParse(id, out var owner) ? owner : throw new FormatException(id);
}
