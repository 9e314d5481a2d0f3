using OrleansChat.Benchmarks.Measuring;
using OrleansChat.Benchmarks.ModelServer;

namespace OrleansChat.Benchmarks.Load;

/// <summary>How many streams, how fast, and when what begins.</summary>
internal sealed record LoadPlan(int Conversations, double Rate, double RampSeconds, double WarmupSeconds, double WindowSeconds)
{
    /// <summary>Spreads the connects; a thousand at once would measure the accept queue.</summary>
    public const double DefaultRampSeconds = 2;

    /// <summary>
    /// On one core the runtime takes this long to recompile what is hot: the relay's CPU per delta falls by a third from the fifth
    /// second to the fifteenth, and no further.
    /// </summary>
    public const double DefaultWarmupSeconds = 15;

    public const double DefaultWindowSeconds = 20;

    // The window ends before the first stream does.
    private const double TailSeconds = 1;

    // A server that cannot keep up delivers later, not never; past this its streams count as incomplete.
    private const double GraceSeconds = 15;

    private const int PrimingConversations = 100;

    /// <summary>Methods called thirty times are recompiled in the background, a tenth of a second later.</summary>
    public static readonly TimeSpan PauseAfterPriming = TimeSpan.FromSeconds(1);

    public ReplyPace Pace => new(Rate, (int)Math.Ceiling(Rate * (RampSeconds + WarmupSeconds + WindowSeconds + TailSeconds)));

    public LoadPlan Priming => new(Math.Min(PrimingConversations, Conversations), Rate, RampSeconds: 0.5, WarmupSeconds: 0, WindowSeconds: 0.5);

    public Window WindowFrom(long start)
    {
        var windowStart = start + MonotonicClock.FromSeconds(RampSeconds + WarmupSeconds);
        return new Window(windowStart, windowStart + MonotonicClock.FromSeconds(WindowSeconds));
    }

    public long DeadlineFrom(long start) => start + MonotonicClock.FromSeconds(RampSeconds + (Pace.Count / Rate) + GraceSeconds);
}

/// <summary>What is measured: from the start, inclusive, to the end, exclusive, in microseconds of the shared clock.</summary>
internal sealed record Window(long Start, long End)
{
    public bool Contains(long time) => time >= Start && time < End;
}
