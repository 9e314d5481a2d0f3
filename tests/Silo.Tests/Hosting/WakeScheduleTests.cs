using OrleansChat.Conversations;
using OrleansChat.Hosting;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Hosting;

public class WakeScheduleTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly WakeSchedule schedule;
    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));

    public WakeScheduleTests() => schedule = new WakeSchedule(clock);

    [Fact]
    public void Due_StaysQuiet_IsWokenMoreAndMoreRarely()
    {
        var woken = new List<int>();
        for (var second = 0; second <= 400; second++)
        {
            if (schedule.Due([key]).Count > 0)
            {
                woken.Add(second);
            }

            clock.Advance(TimeSpan.FromSeconds(1));
        }

        // 5, 10, 20 … 80 s later, and then every two minutes.
        Assert.Equal([0, 5, 15, 35, 75, 155, 275, 395], woken);
    }

    [Fact]
    public void Due_SpokeInBetween_IsWokenAtOnceTheNextTime()
    {
        Assert.Equal([key], schedule.Due([key]));
        Assert.Empty(schedule.Due([key]));

        Assert.Empty(schedule.Due([]));
        Assert.Equal([key], schedule.Due([key]));
    }

    [Fact]
    public void Due_CouldNotBeWoken_IsDueAgain()
    {
        Assert.Equal([key], schedule.Due([key]));
        schedule.Again(key);

        Assert.Equal([key], schedule.Due([key]));
    }
}
