using OrleansChat.Chaos.Report;

namespace OrleansChat.Chaos.Scenarios;

/// <summary>One way in which things break.</summary>
internal interface IScenario
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Lets it happen, and looks at what came of it.</summary>
    Task<ScenarioResult> RunAsync(ChaosOptions options, CancellationToken cancellationToken);
}
