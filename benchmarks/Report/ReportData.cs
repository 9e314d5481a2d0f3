using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Report;

/// <summary>All that was measured by one command: what the JSON file holds.</summary>
/// <param name="At">When it began.</param>
/// <param name="Command">What was typed.</param>
/// <param name="Machine">Where.</param>
/// <param name="Pinning">Which processes ran on which cores.</param>
/// <param name="Options">What was asked for.</param>
/// <param name="Skipped">Targets that this machine cannot have, and why.</param>
/// <param name="Failures">Runs that came to nothing, and why.</param>
/// <param name="Runs">Every run, best or not.</param>
internal sealed record ReportData(
    DateTimeOffset At,
    string Command,
    MachineDescription Machine,
    Pinning Pinning,
    RunOptions Options,
    Dictionary<string, string> Skipped,
    List<string> Failures,
    List<RunResult> Runs)
{
    public static ReportData Begin(RunOptions options, Pinning pinning) => new(
        DateTimeOffset.UtcNow,
        "dotnet run --project benchmarks -c Release -- " + string.Join(' ', System.Environment.GetCommandLineArgs()[1..].Select(Quoted)),
        MachineDescription.Read(),
        pinning,
        options,
        [],
        [],
        []);

    // As a shell takes it.
    private static string Quoted(string argument) => argument.Contains(' ') ? $"'{argument}'" : argument;
}
