using System.Diagnostics;
using System.Runtime.InteropServices;
using OrleansChat.Benchmarks;
using OrleansChat.Chaos;
using OrleansChat.Chaos.Report;
using OrleansChat.Chaos.Scenarios;

IScenario[] scenarios = [new Steady(), new KillSilo(), new KillApi(), new RandomKills(), new Partition(), new PostgreSqlOutage(), new RollingRestart()];
var wanted = args.FirstOrDefault() == "all" ? scenarios : [.. scenarios.Where(scenario => scenario.Name == args.FirstOrDefault())];
if (wanted is [])
{
    await Console.Error.WriteLineAsync($"""
        usage: OrleansChat.Chaos SCENARIO [--option value]...

          {string.Join("\n  ", scenarios.Select(scenario => scenario.Name))}
          all

        tests/Chaos/README.md has what they do, and the options.
        """);
    return 2;
}

using var stopping = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    var options = ChaosOptions.From(new Arguments(args.Skip(1)), args[0]);
    var began = DateTimeOffset.UtcNow;
    var load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0];
    var results = new List<ScenarioResult>();
    foreach (var scenario in wanted)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await scenario.RunAsync(options, stopping.Token);
        results.Add(result with { Took = Stopwatch.GetElapsedTime(started) });
    }

    await new ChaosReport(options.Name, began, load, results).PublishAsync();
    return results.Any(result => result.Violations.Any()) ? 1 : 0;
}
catch (UsageException problem)
{
    await Console.Error.WriteLineAsync(problem.Message);
    return 2;
}
catch (InvalidOperationException problem)
{
    // A cluster that does not start says so with its whole log, of which the beginning tells why.
    await Console.Error.WriteLineAsync(problem.Message[..Math.Min(problem.Message.Length, 2_000)]);
    return 1;
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("stopped; no report");
    return 130;
}

void Stop(PosixSignalContext context)
{
    // Leave through the ordinary way, which ends every process and removes the data.
    context.Cancel = true;
    stopping.Cancel();
}
