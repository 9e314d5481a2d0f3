using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace OrleansChat.Testing.Product;

/// <summary>The product as users run it: a process of its own, on a free port, with a data directory that outlives it.</summary>
public sealed class ProductProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(45);

    private readonly Process process;
    private readonly StringBuilder log = new();
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProductProcess(Process process) => this.process = process;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>A client of it, without a time limit of its own.</summary>
    public ChatApi Api { get; private set; } = null!;

    /// <summary>Everything that it has written to its log.</summary>
    public string Log
    {
        get
        {
            lock (log)
            {
                return log.ToString();
            }
        }
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="dataDirectory">Its data directory.</param>
    /// <param name="settings">Further settings, as environment variables.</param>
    public static async Task<ProductProcess> StartAsync(string dataDirectory, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "OrleansChat.Api.dll")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Storage__Path"] = dataDirectory;
        start.Environment.Remove("OPENAI_API_KEY");
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var product = new ProductProcess(new Process { StartInfo = start, EnableRaisingEvents = true });
        product.process.OutputDataReceived += (_, line) => product.TakeLine(line.Data);
        product.process.ErrorDataReceived += (_, line) => product.TakeLine(line.Data);
        product.process.Exited += (_, _) =>
            product.listening.TrySetException(new InvalidOperationException($"The product ended at its start:\n{product.Log}"));
        product.process.Start();
        product.process.BeginOutputReadLine();
        product.process.BeginErrorReadLine();
        product.Address = await product.listening.Task.WaitAsync(StartPatience);
        product.Api = new ChatApi(product.Address);
        await product.Api.WaitUntilReadyAsync(StartPatience);
        return product;
    }

    /// <summary>Kills it as a power cut or the kernel would: no handler of it runs.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, as an orchestrator does, and waits until it has.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var patience = new CancellationTokenSource(StopPatience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Asks it to stop, and returns at once.</summary>
    public void BeginStop() => Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]).Dispose();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        Api?.Dispose();
        process.Dispose();
    }

    private void TakeLine(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (log)
        {
            log.AppendLine(line);
        }

        const string Mark = "Now listening on: ";
        var at = line.IndexOf(Mark, StringComparison.Ordinal);
        if (at >= 0)
        {
            listening.TrySetResult(new Uri(line[(at + Mark.Length)..].Trim()));
        }
    }
}
