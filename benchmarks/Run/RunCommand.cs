using System.Runtime.InteropServices;
using OrleansChat.Benchmarks.Experiments;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Servers;

namespace OrleansChat.Benchmarks.Run;

/// <summary>Measures every case of some experiments as often as asked, and writes the report.</summary>
internal sealed class RunCommand(IReadOnlyList<Experiment> experiments, RunOptions options)
{
    private readonly CaseRunner runner = new(options, Pinning.Detect(options));
    private readonly ReportData report = ReportData.Begin(options, Pinning.Detect(options));

    /// <summary>The role <c>all</c>: every experiment, or those that <c>--loads</c> names, in one report.</summary>
    public static Task<int> ExecuteAllAsync(Arguments arguments)
    {
        var names = arguments.TakeList<string>("loads");
        return ExecuteAsync(names is null ? Experiment.All : [.. names.Select(Experiment.Of)], RunOptions.From("", arguments));
    }

    /// <summary>A role that is an experiment's name.</summary>
    public static Task<int> ExecuteOneAsync(string name, Arguments arguments) =>
        ExecuteAsync([Experiment.Of(name)], RunOptions.From(name, arguments));

    private static async Task<int> ExecuteAsync(IReadOnlyList<Experiment> experiments, RunOptions options)
    {
        Array.ForEach(options.Targets ?? [], ServerCatalog.ThrowIfUnknown);
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await new RunCommand(experiments, options).RunAsync(stopping.Token);

        void Stop(PosixSignalContext context)
        {
            // Leave through the ordinary way, which ends every process and removes the data.
            context.Cancel = true;
            stopping.Cancel();
        }
    }

    private async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        foreach (var experiment in experiments)
        {
            try
            {
                // Rounds go outside, so that a slow minute of the machine hits every target and not only one.
                for (var round = 1; round <= options.Runs; round++)
                {
                    await RunAsync(experiment, round, cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync("stopped");
                return 130;
            }

            // After each, because what was measured before a machine goes down is worth having.
            await new BenchmarkReport([report]).WriteAsync(options.Name);
        }

        Console.WriteLine(new BenchmarkReport([report]).ToMarkdown(options.Name));
        return report.Failures.Count == 0 ? 0 : 1;
    }

    private async Task RunAsync(Experiment experiment, int round, CancellationToken cancellationToken)
    {
        var before = new List<RunResult>();
        foreach (var @case in experiment.Cases(options))
        {
            if (report.Skipped.ContainsKey(@case.Target) || !experiment.IsWorthwhile(@case, before))
            {
                continue;
            }

            await Console.Error.WriteAsync($"{@case}, run {round}: ");
            try
            {
                var result = await runner.RunAsync(@case, cancellationToken);
                before.Add(result);
                report.Runs.Add(result);
                await Console.Error.WriteLineAsync(result.ToString());
            }
            catch (UnavailableException problem)
            {
                report.Skipped[@case.Target] = problem.Message;
                await Console.Error.WriteLineAsync($"skipped: {problem.Message}");
            }
            catch (UsageException problem)
            {
                // What others have to show is not thrown away for it, and the report says that this is missing.
                report.Failures.Add($"{@case}, run {round}: {problem.Message.ReplaceLineEndings(" ")}");
                await Console.Error.WriteLineAsync(problem.Message);
            }
        }
    }
}
