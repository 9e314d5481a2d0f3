using OrleansChat.Chaos.Cluster;
using OrleansChat.Chaos.Report;

namespace OrleansChat.Chaos.Scenarios;

/// <summary>A scenario that plays on a cluster of its own.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="defaults">What it takes where nothing was asked for.</param>
internal abstract class Scenario(string name, (int Conversations, int Tokens, double Rate) defaults) : IScenario
{
    private const int Silos = 3;
    private const int Apis = 2;

    public string Name => name;

    public async Task<ScenarioResult> RunAsync(ChaosOptions options, CancellationToken cancellationToken)
    {
        options = options with
        {
            Silos = options.Silos == 0 ? Silos : options.Silos,
            Apis = options.Apis == 0 ? Apis : options.Apis,
            Conversations = options.Conversations == 0 ? defaults.Conversations : options.Conversations,
            Tokens = options.Tokens == 0 ? defaults.Tokens : options.Tokens,
            Rate = options.Rate == 0 ? defaults.Rate : options.Rate,
        };
        await using var places = await SettleDownAsync();
        if (places is null)
        {
            return new ScenarioResult(Name, Describe(options), [], [], []) { Skipped = Obstacle };
        }

        await Console.Error.WriteLineAsync($"{Name}: starting {options.Silos} silos and {options.Apis} API nodes");
        await using var cluster = await ChaosCluster.StartAsync(Name, options.Silos, options.Apis, places, options.Settings, cancellationToken);
        var stage = new Stage(cluster, options, cancellationToken);
        stage.Tell("ready");
        var phases = new List<PhaseResult>();
        var notes = new List<string>();
        await foreach (var phase in PlayAsync(stage, notes))
        {
            phases.Add(phase);
            stage.Tell($"{phase.Name}: {phase.Verdict.Violations.Count} broken, next event {phase.Recovery?.ToString() ?? "–"}");
        }

        return new ScenarioResult(Name, Describe(options), phases, cluster.Incidents, notes);
    }

    /// <summary>Why it cannot be played on this machine, where it cannot.</summary>
    protected virtual string? Obstacle => null;

    /// <summary>Finds a place for the cluster; null if this machine has none.</summary>
    protected virtual Task<IPlaces?> SettleDownAsync() => Task.FromResult<IPlaces?>(new Loopback());

    /// <summary>Plays it, phase by phase.</summary>
    /// <param name="stage">Where.</param>
    /// <param name="notes">Takes what concerns no single phase.</param>
    protected abstract IAsyncEnumerable<PhaseResult> PlayAsync(Stage stage, ICollection<string> notes);

    /// <summary>The cluster and the load, in a sentence.</summary>
    protected virtual string Describe(ChaosOptions options) =>
        $"{options.Silos} silos, {options.Apis} API nodes, {options.Conversations} conversations at work: replies of {options.Tokens} tokens at {options.Rate} tokens/s each, "
        + "pauses of up to 2 s between them."
        + (options.Settings.Count == 0 ? "" : $" With {string.Join(", ", options.Settings.Select(setting => $"{setting.Name}={setting.Value}"))}.");
}
