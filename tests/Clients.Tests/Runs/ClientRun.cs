using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.Clients.Tests.Runs;

/// <summary>A script that is running.</summary>
public sealed class ClientRun : IAsyncDisposable
{
    // Longer than any script takes on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ProgramProcess program;
    private readonly string script;

    internal ClientRun(ProgramProcess program, string script) => (this.program, this.script) = (program, script);

    /// <summary>Everything that it has written, errors included.</summary>
    public string Output => program.Log;

    /// <summary>Waits until it has written something.</summary>
    /// <param name="text">What.</param>
    public async Task UntilItSaysAsync(string text)
    {
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (program.HasEnded)
            {
                // With the end of its output, which may come after its own.
                await program.Ended;
            }
            else if (!patience.IsCancellationRequested)
            {
                await timer.WaitForNextTickAsync();
                continue;
            }

            if (!Output.Contains(text, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"{script} did not say '{text}':\n{Output}");
            }
        }
    }

    /// <summary>Waits for its end, which must be a good one.</summary>
    /// <returns>Everything that it wrote.</returns>
    public async Task<string> EndAsync()
    {
        var ended = program.Ended;
        if (await Task.WhenAny(ended, Task.Delay(Patience)) != ended)
        {
            await program.KillAsync();
            throw new TimeoutException($"{script} had not ended after {Patience}:\n{Output}");
        }

        return program.ExitCode == 0 ? Output : throw new InvalidOperationException($"{script} ended with {program.ExitCode}:\n{Output}");
    }

    /// <summary>Kills it, if it still runs.</summary>
    public ValueTask DisposeAsync() => program.DisposeAsync();
}
