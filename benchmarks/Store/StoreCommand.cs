namespace OrleansChat.Benchmarks.Store;

/// <summary>The role <c>store</c>: measures what appends and activations cost at the beginning of a conversation and late in it.</summary>
internal static class StoreCommand
{
    public static async Task<int> ExecuteAsync(Arguments arguments)
    {
        var options = StoreOptions.From(arguments);
        var results = new List<StoreResult>();
        foreach (var store in options.Stores)
        {
            await Console.Error.WriteLineAsync($"{store} …");
            await using var host = await StoreHost.StartAsync(store);
            results.AddRange(await new StoreMeasurement(host, options).RunAsync(store));
        }

        await StoreReport.PublishAsync(options, results);
        return 0;
    }
}
