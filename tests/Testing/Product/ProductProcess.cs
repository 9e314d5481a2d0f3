using OrleansChat.Testing.Time;

namespace OrleansChat.Testing.Product;

/// <summary>The product as users run it: a process of its own, on a free port, with a data directory that outlives it.</summary>
public sealed class ProductProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly ProgramProcess program;

    private ProductProcess(ProgramProcess process, Uri address)
    {
        program = process;
        Address = address;
        Api = new ChatApi(address);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>A client of it, without a time limit of its own.</summary>
    public ChatApi Api { get; }

    /// <summary>The number by which the system knows it.</summary>
    public int Id => program.Id;

    /// <summary>Everything that it has written to its log.</summary>
    public string Log => program.Log;

    /// <summary>Waits until it has logged something: it writes its log behind its answers.</summary>
    /// <param name="text">What.</param>
    /// <param name="after">How long the log was when there could be nothing of it yet.</param>
    public async Task WaitForLogAsync(string text, int after = 0)
    {
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!Log.AsSpan(after).Contains(text, StringComparison.Ordinal))
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"'{text}' was not logged:\n{Log}");
            }

            await timer.WaitForNextTickAsync();
        }
    }

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
                    // Who listens everywhere is reached here.
                    listening.TrySetResult(new Uri(line[(at + Mark.Length)..].Trim().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)));
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
