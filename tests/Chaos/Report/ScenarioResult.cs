using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Report;

/// <summary>What a scenario has shown.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Setup">The cluster and the load, in a sentence.</param>
/// <param name="Phases">Its phases.</param>
/// <param name="Incidents">What went wrong outside of any conversation.</param>
/// <param name="Notes">What else is worth telling.</param>
internal sealed record ScenarioResult(
    string Name, string Setup, IReadOnlyList<PhaseResult> Phases, IReadOnlyList<Violation> Incidents, IReadOnlyList<string> Notes)
{
    /// <summary>Why it could not be run here; null if it could.</summary>
    public string? Skipped { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Everything that is wrong.</summary>
    public IEnumerable<Violation> Violations => Incidents.Concat(Phases.SelectMany(phase => phase.Verdict.Violations));
}
