using System.Diagnostics;

namespace OrleansChat.Testing.PostgreSql;

/// <summary>
/// Ends a server and removes its directory when it is disposed of, and also when this process ends without a word: it is a
/// process of its own, which notices that by the end of its input.
/// </summary>
internal sealed class Janitor : IAsyncDisposable
{
    // Each line of input is the process to end by then, or empty for none.
    private const string Script = """
        trap '' INT HUP TERM
        exec >/dev/null 2>&1
        pid=
        while read -r line; do pid=$line; done
        if [ -n "$pid" ] && kill -QUIT "$pid"; then
          while kill -0 "$pid"; do sleep 0.05; done
        fi
        rm -rf "$1"
        """;

    private readonly Process process;

    /// <summary>Starts it.</summary>
    /// <param name="directory">What it removes in the end.</param>
    public Janitor(string directory) =>
        process = Process.Start(new ProcessStartInfo("sh", ["-c", Script, "janitor", directory])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
        })!;

    /// <summary>Says which process there is to end; null for none.</summary>
    public async Task WatchAsync(int? processId)
    {
        await process.StandardInput.WriteLineAsync($"{processId}");
        await process.StandardInput.FlushAsync();
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
