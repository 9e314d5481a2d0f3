using System.Runtime.InteropServices;
using OrleansChat.Benchmarks.Measuring;
using OrleansChat.Benchmarks.Report;

namespace OrleansChat.Benchmarks.Run;

/// <summary>The role <c>run</c>: measures every case as often as asked, and writes the report.</summary>
internal static class RunCommand
{
    public static async Task<int> ExecuteAsync(Arguments arguments)
    {
        var options = RunOptions.From(arguments);
        OpenFiles.ThrowIfTooFewFor(options.Conversations.Max());
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

        var pinning = Pinning.Detect(options);
        var runner = new CaseRunner(options, pinning);
        var results = new List<RunResult>();
        string? failure = null;
        try
        {
            foreach (var (target, conversations, round) in Cases(options))
            {
                Console.Error.Write($"{target} {conversations}x{options.Rate}/s run {round}: ");
                var result = await runner.RunAsync(target, conversations, stopping.Token);
                results.Add(result);
                await Console.Error.WriteLineAsync(result.ToString());
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("stopped; no report");
            return 130;
        }

        catch (UsageException problem) when (results.Count > 0)
        {
            // What was measured before is not thrown away, and does not pass for the whole.
            failure = problem.Message;
            await Console.Error.WriteLineAsync(failure);
        }

        await new BenchmarkReport(options, pinning, results, failure).PublishAsync();
        return failure is null ? 0 : 1;

        void Stop(PosixSignalContext context)
        {
            // Leave through the ordinary way, which ends every process and removes the data.
            context.Cancel = true;
            stopping.Cancel();
        }
    }

    /// <summary>Rounds go outside, so that a slow minute of the machine hits every target and not only one.</summary>
    private static IEnumerable<(string Target, int Conversations, int Round)> Cases(RunOptions options) =>
        from round in Enumerable.Range(1, options.Runs)
        from conversations in options.Conversations
        from target in options.Targets
        select (target, conversations, round);
}
