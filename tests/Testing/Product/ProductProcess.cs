namespace OrleansChat.Testing.Product;

/// <summary>The product as users run it: a process of its own, on a free port, with a data directory that outlives it.</summary>
public sealed class ProductProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly ProgramProcess program;

    private ProductProcess(ProgramProcess process, Uri address)
    {
        program = process;
        Api = new ChatApi(address);
    }

    /// <summary>A client of it, without a time limit of its own.</summary>
    public ChatApi Api { get; }

    /// <summary>Everything that it has written to its log.</summary>
    public string Log => program.Log;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="dataDirectory">Its data directory.</param>
    /// <param name="settings">Further settings, as environment variables.</param>
    public static async Task<ProductProcess> StartAsync(string dataDirectory, params IEnumerable<(string Name, string Value)> settings)
    {
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = ProgramProcess.Start(
            "OrleansChat.Api.dll",
            [("ASPNETCORE_URLS", "http://127.0.0.1:0"), ("Storage__Path", dataDirectory), .. settings],
            line =>
            {
                const string Mark = "Now listening on: ";
                var at = line.IndexOf(Mark, StringComparison.Ordinal);
                if (at >= 0)
                {
                    listening.TrySetResult(new Uri(line[(at + Mark.Length)..].Trim()));
                }
            });
        if (await Task.WhenAny(listening.Task, process.Ended).WaitAsync(StartPatience) != listening.Task)
        {
            throw new InvalidOperationException($"The product ended at its start:\n{process.Log}");
        }

        var product = new ProductProcess(process, await listening.Task);
        await product.Api.WaitUntilReadyAsync(StartPatience);
        return product;
    }

    /// <inheritdoc cref="ProgramProcess.KillAsync"/>
    public Task KillAsync() => program.KillAsync();

    /// <inheritdoc cref="ProgramProcess.StopAsync"/>
    public Task<int> StopAsync() => program.StopAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        Api.Dispose();
    }
}
