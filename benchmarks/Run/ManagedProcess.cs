using System.Diagnostics;
using System.Threading.Channels;

namespace OrleansChat.Benchmarks.Run;

/// <summary>A process, perhaps pinned to cores, that ends with this object, and all that it started with it.</summary>
internal sealed class ManagedProcess : IDisposable
{
    private const int RememberedLines = 20;

    private readonly Process _process;
    private readonly Channel<string> _output = Channel.CreateUnbounded<string>();
    private readonly Queue<string> _lastLines = new();
    private readonly Task _reading;

    private ManagedProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, _output.Writer), ReadAsync(process.StandardError, null));
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Standard output, line by line.</summary>
    public ChannelReader<string> Output => _output.Reader;

    /// <summary>Starts a shell command.</summary>
    /// <param name="command">For the shell.</param>
    /// <param name="cores">For <c>taskset -c</c>; null: anywhere.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">In addition to our own.</param>
    public static ManagedProcess Start(string command, string? cores, string folder, IEnumerable<KeyValuePair<string, string>> environment)
    {
        // exec: the shell becomes the command, so that the process id is the server's own.
        string[] shell = ["sh", "-c", "exec " + command];
        string[] all = cores is null ? shell : ["taskset", "-c", cores, .. shell];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ManagedProcess(Process.Start(start)!);
    }

    /// <summary>What it said last, for an error message.</summary>
    public string LastWords()
    {
        lock (_lastLines)
        {
            return string.Join(Environment.NewLine, _lastLines);
        }
    }

    public async Task WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await _reading;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader, ChannelWriter<string>? lines)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lines?.TryWrite(line);
            lock (_lastLines)
            {
                _lastLines.Enqueue(line);
                if (_lastLines.Count > RememberedLines)
                {
                    _lastLines.Dequeue();
                }
            }
        }

        lines?.TryComplete();
    }
}
