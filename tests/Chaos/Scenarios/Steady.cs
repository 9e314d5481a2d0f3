using OrleansChat.Chaos.Report;

namespace OrleansChat.Chaos.Scenarios;

/// <summary>Nothing breaks: what this shows, the cluster and the command owe to nobody else.</summary>
internal sealed class Steady() : Scenario("steady", (100, 40, 5))
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    protected override async IAsyncEnumerable<PhaseResult> PlayAsync(Stage stage, ICollection<string> notes)
    {
        await using var crowd = stage.Gather(stage.Plan with { Strict = true });
        crowd.Add(stage.Options.Conversations);
        crowd.Start(TimeSpan.FromSeconds(5));
        await stage.LetRunAsync(Duration);
        await crowd.FinishAsync();
        yield return PhaseResult.Of("steady", await stage.InspectAsync(crowd), crowd.Statistics, [], Recovery.LongestGap(crowd));
    }
}
