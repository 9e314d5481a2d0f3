using System.Diagnostics;
using OrleansChat.Journal;

namespace OrleansChat.Benchmarks.Store;

/// <summary>Measures one store.</summary>
internal sealed class StoreMeasurement(StoreHost host, StoreOptions options)
{
    // The lengths take turns this often, so that a slow second of the machine hits all of them.
    private const int Batch = 50;

    // The first of them also measure the compiler.
    private const int WarmUp = 500;

    /// <summary>Measures histories of every length.</summary>
    public async Task<List<StoreResult>> RunAsync(string store)
    {
        var histories = new Dictionary<int, List<History>>();
        foreach (var messages in options.Messages)
        {
            histories[messages] = await WriteAsync(messages);
        }

        // Activations first: they read what the turns left, and nothing that measuring adds.
        var activations = new Dictionary<int, List<double>>();
        foreach (var messages in options.Messages)
        {
            activations[messages] = [];
            foreach (var history in histories[messages])
            {
                activations[messages].Add(await TimeAsync(() => host.ActivateAsync(history.Key)));
            }
        }

        var (appends, turns) = await MeasureAppendsAsync(histories);
        return
        [
            .. options.Messages.Select(messages => new StoreResult(
                store,
                messages,
                Percentile(appends[messages], 50),
                Percentile(appends[messages], 99),
                Percentile(turns[messages], 50),
                Percentile(activations[messages].Skip(1), 50),
                activations[messages].Skip(1).Max())),
        ];
    }

    private static double Percentile(IEnumerable<double> values, int percent)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private async Task<List<History>> WriteAsync(int messages)
    {
        var histories = Enumerable.Range(0, options.Conversations).Select(_ => new History()).ToList();
        await AppendAsync([.. histories.Select(history => history.Create())]);
        while (histories[0].Messages < messages)
        {
            await AppendAsync([.. histories.Select(history => history.Start())]);
            await AppendAsync([.. histories.Select(history => history.Deltas())]);
            await AppendAsync([.. histories.Select(history => history.End())]);
            await Task.WhenAll(histories.Select(history => host.Store.CompactAsync(history.Key, CancellationToken.None)));
        }

        return histories;
    }

    private async Task<(Dictionary<int, List<double>> Appends, Dictionary<int, List<double>> Turns)> MeasureAppendsAsync(
        Dictionary<int, List<History>> histories)
    {
        var appends = options.Messages.ToDictionary(messages => messages, _ => new List<double>());
        var turns = options.Messages.ToDictionary(messages => messages, _ => new List<double>());
        for (var done = -WarmUp; done < options.Appends; done += Batch)
        {
            foreach (var messages in options.Messages)
            {
                // The last one, which no activation compacts in the background.
                var history = histories[messages][^1];
                var times = new List<double>();
                var turn = await TimeAsync(async () =>
                {
                    await AppendAsync([history.Start()]);
                    for (var i = 0; i < Batch; i++)
                    {
                        var delta = history.Delta();
                        times.Add(await TimeAsync(() => AppendAsync([delta])));
                    }

                    await AppendAsync([history.End()]);
                    await host.Store.CompactAsync(history.Key, CancellationToken.None);
                });
                if (done >= 0)
                {
                    appends[messages].AddRange(times);
                    turns[messages].Add(turn);
                }
            }
        }

        return (appends, turns);
    }

    private async Task AppendAsync(JournalAppend[] appends)
    {
        foreach (var outcome in await host.Store.AppendAsync(appends, CancellationToken.None))
        {
            if (outcome is not AppendOutcome.Committed)
            {
                throw new InvalidOperationException($"An append came to {outcome}.");
            }
        }
    }
}
