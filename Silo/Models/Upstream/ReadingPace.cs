namespace OrleansChat.Models.Upstream;

/// <summary>
/// How much time passes from one read of a model's stream to the next: none while the process keeps up with them. When it does not, every token waits in
/// line for several turns of the thread pool, and so does whoever has just asked for a reply. A stream that is read less often brings two or three
/// tokens at once, which cost little more than one on all of their way; the line gets short again, and new replies start at once.
/// </summary>
internal sealed class ReadingPace
{
    /// <summary>The longest pause: three tokens of a model that says thirty in a second.</summary>
    internal static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>From which wait in line on the process does not keep up.</summary>
    internal static readonly TimeSpan LongWait = TimeSpan.FromMilliseconds(10);

    /// <summary>Up to which wait in line it could do more.</summary>
    internal static readonly TimeSpan ShortWait = TimeSpan.FromMilliseconds(5);

    // Up within a quarter of a second, down within two and a half: what the pause has brought must not end it at once.
    private static readonly TimeSpan StepUp = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan StepDown = TimeSpan.FromMilliseconds(1);

    private long pauseTicks;

    /// <summary>That of this process, whose threads all streams share.</summary>
    public static ReadingPace OfProcess { get; } = new();

    /// <summary>The pause now; zero for none.</summary>
    public TimeSpan Pause => new(Volatile.Read(ref pauseTicks));

    /// <summary>Takes note of how long something has waited in line.</summary>
    public void Observe(TimeSpan wait) => Volatile.Write(ref pauseTicks, Next(Pause, wait).Ticks);

    internal static TimeSpan Next(TimeSpan pause, TimeSpan wait)
    {
        var next = wait > LongWait ? pause + StepUp : wait < ShortWait ? pause - StepDown : pause;
        return next < TimeSpan.Zero ? TimeSpan.Zero : next > LongestPause ? LongestPause : next;
    }
}
