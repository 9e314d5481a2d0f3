using OrleansChat.Delivery;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Delivery;

public class DeliveryPaceTests
{
    private readonly ManualTimeProvider clock = new();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(15, 0)]
    [InlineData(16, 1.48)]
    [InlineData(100, 4)]
    [InlineData(10_000, 5)]
    public void For_the_node_in_this_process_little_goes_at_once_and_much_gathers_longer(int items, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), DeliveryPace.AfterNear(items));

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 6)]
    [InlineData(5, 15)]
    [InlineData(16, 30)]
    public void All_nodes_elsewhere_together_get_a_batch_in_three_milliseconds_and_each_one_in_thirty(int nodes, int milliseconds)
    {
        var pace = new DeliveryPace(clock);
        var next = new TimeSpan[nodes];
        var gaps = new HashSet<TimeSpan>();
        var now = TimeSpan.Zero;
        for (var i = 0; i < 50 * nodes; i++)
        {
            // Whoever is due first sends, all of them without end.
            var node = Array.IndexOf(next, next.Min());
            if (next[node] > now)
            {
                clock.Advance(next[node] - now);
                now = next[node];
            }

            next[node] = now + pace.AfterFar();
            if (i >= 40 * nodes)
            {
                gaps.Add(next[node] - now);
            }
        }

        Assert.Equal([TimeSpan.FromMilliseconds(milliseconds)], gaps);
    }
}
