using OrleansChat.Benchmarks.Charts;
using OrleansChat.Benchmarks.Load;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Experiments;

/// <summary>The product grows in one respect at a time, and the deltas per second stay the same: what each costs should too.</summary>
internal sealed class SizeExperiment : Experiment
{
    private const string Product = "orleanschat";
    private const int Conversations = 100;
    private const double Rate = 30;

    // Of all conversations one in a hundred.
    private const int Active = 1000;
    private const double ActiveRate = 3;
    private const int MessagesOfAll = 10;

    private const double MessagesAskedPerSecond = 40_000;
    private const double StartsPerSecond = 500;

    private static readonly int[] s_messages = [10, 100, 1000, 10_000];
    private static readonly int[] s_nodes = [1, 2, 4, 8, 16];

    // A process has two sockets for each, and may have 20,000 open files on many machines. In this cluster none has more than half as many.
    private static readonly int[] s_active = [100, 1000, 5000];
    private static readonly int[] s_activeInCluster = [100, 1000, 10_000];
    private static readonly int[] s_stored = [Active, 10_000, 100_000];

    public override string Name => "size";

    public override string Question =>
        $"Does a delta cost more as the product grows? The load is {Conversations * Rate} deltas per second throughout. API nodes: two silos and PostgreSQL, each "
        + "conversation is read at one of the nodes. In a cluster: the same, with two nodes. Stored: so many conversations, every one of which "
        + "has been looked at since the start, 1,000 of them active. The relay knows no conversations, and its nodes not each other: what it pays for more of them is what more connections and processes cost.";

    public override string BaselineName => "the least";

    public override IReadOnlyList<Column> Columns { get; } =
    [
        Column.Series, Column.Load, Column.Cpu, Column.WorstCpu, Column.CpuRatio, Column.P50, Column.P99, Column.FirstTokenP99, Column.Delivered, .. Column.Faults,
        Column.ResidentBefore, Column.Resident, .. Column.Cores, Column.Counting,
    ];

    public override IEnumerable<Case> Cases(RunOptions options)
    {
        var all = AllCases(options).ToList();
        return all
            .Where(@case => options.Series is not { } wanted || wanted.Any(name => IsMeant(@case.Series, name, all)))
            .Where(@case => options.Sizes is not { } sizes || sizes.Contains((int)@case.Size));
    }

    /// <summary>A series begins with its least, so the first that is found is the one.</summary>
    public override bool IsBaseline(Case candidate, Case other) => candidate.Series == other.Series;

    public override IEnumerable<Chart> Charts(IReadOnlyList<CaseSummary> summaries)
    {
        yield return new LineChart(
            $"{Name}-cpu",
            "CPU per delta against size, at the same deltas per second",
            new Axis("size", AxisKind.Logarithmic),
            new Axis("µs", AxisKind.Linear),
            Line.PerSeries(summaries, summary => summary.Best.Case.Size, summary => summary.Best.CpuMicrosecondsPerDelta));
        yield return new LineChart(
            $"{Name}-memory",
            "Resident memory of all processes against size",
            new Axis("size", AxisKind.Logarithmic),
            new Axis("MiB", AxisKind.Linear),
            Line.PerSeries(summaries, summary => summary.Best.Case.Size, summary => summary.Best.ResidentBytes / (1024.0 * 1024)));
    }

    // A series' whole name is that series alone, and a part of names is all that have it.
    private static bool IsMeant(string series, string name, List<Case> all) =>
        all.Exists(@case => @case.Series == name) ? series == name : series.Contains(name, StringComparison.Ordinal);

    private IEnumerable<Case> AllCases(RunOptions options) =>
    [
        .. s_messages.Select(messages => OfHistory(options, messages)),
        .. s_nodes.Select(nodes => Of(options, "API nodes", nodes) with
        {
            SharesCores = true,
            Topology = new Topology(Silos: 2, Apis: nodes),
        }),
        .. s_nodes.Select(nodes => Of(options, "nodes of a bare relay", nodes, target: "relay") with
        {
            SharesCores = true,
            Topology = new Topology(Silos: 0, Apis: nodes),
        }),
        .. s_active.Select(conversations => OfActive(options, "active conversations", conversations)),
        .. s_active.Select(conversations => OfActive(options, "active conversations of a bare relay", conversations, "relay")),
        .. s_activeInCluster.Select(conversations => OfActive(options, "active conversations in a cluster", conversations) with
        {
            SharesCores = true,
            Topology = new Topology(Silos: 2, Apis: 2),
        }),
        .. s_stored.Select(stored => Of(options, "stored conversations", stored, Active, ActiveRate) with
        {
            History = new History(stored + Conversations, MessagesOfAll, IsTouched: true),
        }),
    ];

    private Case OfActive(RunOptions options, string series, int conversations, string target = Product)
    {
        var @case = Of(options, series, conversations, conversations, Conversations * Rate / conversations, target);
        return @case with { Plan = @case.Plan with { RampSeconds = Math.Max(LoadPlan.DefaultRampSeconds, conversations / StartsPerSecond) } };
    }

    private Case OfHistory(RunOptions options, int messages)
    {
        var @case = Of(options, "messages of history", messages);
        return @case with
        {
            // Priming uses up some of them.
            History = new History(Conversations * 2, messages, IsTouched: false),

            // A question takes the whole history to the model. That is not what is measured here, so it is given the time that it takes.
            Plan = @case.Plan with { RampSeconds = Math.Max(LoadPlan.DefaultRampSeconds, Conversations * messages / MessagesAskedPerSecond) },
        };
    }

    private Case Of(RunOptions options, string series, int size, int conversations = Conversations, double rate = Rate, string target = Product) =>
        RepliesExperiment.Of(Name, target, conversations, rate, options) with
        {
            Series = series,
            Load = $"{size:#,0} {series}, {conversations} × {rate}/s",
            Size = size,
        };
}
