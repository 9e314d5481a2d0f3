using System.Diagnostics;

namespace OrleansChat.Benchmarks.Servers;

/// <summary>Waits until a server is ready: answers 200, or says so.</summary>
internal static class Readiness
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until a server writes a line that contains something.</summary>
    public static async Task WaitForLineAsync(string name, ManagedProcess process, string text, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(timeout);
        try
        {
            await foreach (var line in process.Output.ReadAllAsync(patience.Token))
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Reported below.
        }

        throw new UsageException($"{name} did not say '{text}' within {timeout.TotalSeconds:0} s. Its last words:{Environment.NewLine}{process.LastWords()}");
    }

    public static async Task WaitAsync(string name, ManagedProcess process, Uri url, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var started = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(http, url, cancellationToken))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(started) > timeout)
            {
                var fate = process.HasExited ? "ended before it was ready" : $"was not ready at {url} within {timeout.TotalSeconds:0} s";
                throw new UsageException($"{name} {fate}. Its last words:{Environment.NewLine}{process.LastWords()}");
            }

            await Task.Delay(s_interval, cancellationToken);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient http, Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(url, cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Listening, and too busy to answer yet.
            return false;
        }
    }
}
