using OrleansChat.Pacing;

namespace OrleansChat.Delivery;

/// <summary>
/// How long what is for a node gathers before it is sent. Nobody sees some milliseconds between two tokens, but what travels together costs
/// little more than one item alone.
/// </summary>
/// <param name="clock">The time.</param>
internal sealed class DeliveryPace(TimeProvider clock)
{
    /// <summary>
    /// From batches of so many items on, the node in this process is sent to at a pace. Before, nothing is gained by waiting: its batches
    /// cross no process boundary, and grow by themselves while the core has other things to do.
    /// </summary>
    private const int NearLimit = 16;

    /// <summary>The longest pause for the node in this process, kept from 27,000 items a second on.</summary>
    private static readonly TimeSpan LongestNear = TimeSpan.FromMilliseconds(5);

    /// <summary>The longest pause for a node elsewhere, kept where ten of them or more are sent to without end: a token's time.</summary>
    private static readonly TimeSpan LongestFar = TimeSpan.FromMilliseconds(30);

    /// <summary>
    /// What lies between two batches of a silo to nodes elsewhere, whichever they are: each costs silo and node a third of a millisecond of CPU,
    /// whatever is in it. So more nodes make no more batches: where there are twice as many, each gets half as many, of the same size.
    /// </summary>
    private static readonly TimeSpan FarPeriod = TimeSpan.FromMilliseconds(3);

    // What comes seldom is not to wait for what else is sent.
    private const int FarBurst = 16;

    private static readonly TimeSpan ShortestNear = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan NearPerItem = TimeSpan.FromMicroseconds(30);

    private readonly Pace far = new(FarPeriod, FarBurst, LongestFar, clock);

    /// <summary>The pause after a batch of so many items to the node in this process.</summary>
    public static TimeSpan AfterNear(int items)
    {
        var pause = ShortestNear + (items * NearPerItem);
        return items < NearLimit ? TimeSpan.Zero : pause < LongestNear ? pause : LongestNear;
    }

    /// <summary>The pause after a batch to a node elsewhere.</summary>
    public TimeSpan AfterFar() => far.Next();
}
