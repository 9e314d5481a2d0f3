using System.Globalization;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Testing;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider time = new();
    private readonly List<string> fired = [];

    [Fact]
    public void Timers_FireInTheOrderOfTheirTimes_EachAtItsTime()
    {
        using var second = Timer("b", 2, 0);
        using var first = Timer("a", 1, 0);
        using var third = Timer("c", 2, 0);
        using var late = Timer("d", 3.1, 0);

        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(["a@1", "b@2", "c@2"], fired);
        Assert.Equal(1, time.PendingTimers);
    }

    [Fact]
    public void PeriodicTimer_FiresUntilDisposedOf()
    {
        var timer = Timer("a", 1, 2);
        time.Advance(TimeSpan.FromSeconds(5));
        timer.Dispose();
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["a@1", "a@3", "a@5"], fired);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public async Task Delay_CompletesExactlyWhenDue()
    {
        var delay = Task.Delay(TimeSpan.FromSeconds(1), time);
        time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.False(delay.IsCompleted);
        time.Advance(TimeSpan.FromTicks(1));

        await delay;
    }

    [Fact]
    public async Task WaitForTimers_CompletesWhenSoManyWait()
    {
        var two = time.WaitForTimersAsync(2);
        using var first = Timer("a", 1, 0);
        Assert.False(two.IsCompleted);
        using var second = Timer("b", 1, 0);

        await two;
        await time.WaitForTimersAsync(2);
    }

    private ITimer Timer(string name, double due, double period)
    {
        var start = time.GetUtcNow();
        return time.CreateTimer(
            _ => fired.Add($"{name}@{(time.GetUtcNow() - start).TotalSeconds.ToString(CultureInfo.InvariantCulture)}"),
            state: null,
            TimeSpan.FromSeconds(due),
            period == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(period));
    }
}
