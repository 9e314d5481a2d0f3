using System.Text.Json.Serialization;
using OrleansChat.Benchmarks.Measuring;
using OrleansChat.Benchmarks.ModelServer;

namespace OrleansChat.Benchmarks.Load;

/// <summary>How many streams, how fast, and when what begins.</summary>
internal sealed record LoadPlan
{
    /// <summary>Spreads the connects; a thousand at once would measure the accept queue.</summary>
    public const double DefaultRampSeconds = 2;

    /// <summary>
    /// On one core the runtime takes this long to recompile what is hot: the relay's CPU per delta falls by a third from the fifth
    /// second to the fifteenth, and no further.
    /// </summary>
    public const double DefaultWarmupSeconds = 15;

    public const double DefaultWindowSeconds = 20;

    // The window ends before the first stream does: many that end at once are a load of their own.
    private const double TailSeconds = 1;

    // The first delta of a reply goes out at once, and the second after a part of a period.
    private const int SoonDeltas = 2;

    // A server that cannot keep up delivers later, not never; past this its streams count as incomplete.
    private const double GraceSeconds = 15;

    private const int PrimingConversations = 100;

    /// <summary>Methods called thirty times are recompiled in the background, a tenth of a second later.</summary>
    public static readonly TimeSpan PauseAfterPriming = TimeSpan.FromSeconds(1);

    public required LoadKind Kind { get; init; }

    public required int Conversations { get; init; }

    /// <summary>How many read all conversations together; of replies each is read by the one who asked for it.</summary>
    public required int Readers { get; init; }

    /// <summary>Deltas per second of each conversation.</summary>
    public required double Rate { get; init; }

    public double RampSeconds { get; init; } = DefaultRampSeconds;

    public required double WarmupSeconds { get; init; }

    public required double WindowSeconds { get; init; }

    /// <summary>How often within the window all connections are cut.</summary>
    public int Cuts { get; init; }

    /// <summary>Whether anything is said in the conversations.</summary>
    public bool Talks => Kind != LoadKind.Idle;

    [JsonIgnore]
    public ReplyPace Pace => new(Rate, SoonDeltas + (int)Math.Ceiling(Rate * (RampSeconds + WarmupSeconds + WindowSeconds + TailSeconds)));

    [JsonIgnore]
    public LoadPlan Priming => this with
    {
        Conversations = Math.Min(PrimingConversations, Conversations),
        Readers = Math.Min(PrimingConversations, Readers),
        RampSeconds = 0.5,
        WarmupSeconds = 0,
        WindowSeconds = 0.5,
        Cuts = 0,
    };

    public static LoadPlan From(Arguments arguments)
    {
        var conversations = arguments.Take("conversations", 200);
        return new LoadPlan
        {
            Kind = arguments.Take("kind", "replies") is var kind && Enum.TryParse<LoadKind>(kind, ignoreCase: true, out var known)
                ? known
                : throw new UsageException($"--kind: '{kind}' is none of {string.Join(", ", Enum.GetNames<LoadKind>())}."),
            Conversations = conversations,
            Readers = arguments.Take("readers", conversations),
            Rate = arguments.Take("rate", 30.0),
            RampSeconds = arguments.Take("ramp", DefaultRampSeconds),
            WarmupSeconds = arguments.Take("warmup", DefaultWarmupSeconds),
            WindowSeconds = arguments.Take("seconds", DefaultWindowSeconds),
            Cuts = arguments.Take("cuts", 0),
        };
    }

    /// <summary>As <see cref="From"/> takes it.</summary>
    public string ToArguments() =>
        $"--kind {Kind} --conversations {Conversations} --readers {Readers} --rate {Rate} --ramp {RampSeconds} --warmup {WarmupSeconds} "
        + $"--seconds {WindowSeconds} --cuts {Cuts}";

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
