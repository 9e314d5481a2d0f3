using System.Diagnostics;
using System.Threading.Channels;

namespace OrleansChat.Benchmarks.Servers;

/// <summary>A process, perhaps pinned to cores, that ends with this object, and all that it started with it.</summary>
internal sealed class ManagedProcess : IDisposable
{
    private const int RememberedLines = 20;
    private const int OpenFiles = 65_536;

    private static readonly TimeSpan s_lastPatience = TimeSpan.FromSeconds(5);

    private readonly Process process;
    private readonly Channel<string> output = Channel.CreateUnbounded<string>();
    private readonly Queue<string> lastLines = new();
    private readonly Task reading;

    private ManagedProcess(Process process)
    {
        this.process = process;
        reading = Task.WhenAll(ReadAsync(process.StandardOutput, output.Writer), ReadAsync(process.StandardError, null));
    }

    public int Id => this.process.Id;

    public bool HasExited => this.process.HasExited;

    /// <summary>What asks it to end before it is killed, as <c>kill</c> takes it: who is killed may leave something behind in the system.</summary>
    public string? EndSignal { get; set; }

    /// <summary>Standard output, line by line.</summary>
    public ChannelReader<string> Output => output.Reader;

    /// <summary>Starts a shell command.</summary>
    /// <param name="command">For the shell.</param>
    /// <param name="cores">For <c>taskset -c</c>; null: anywhere.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">In addition to our own.</param>
    public static ManagedProcess Start(string command, string? cores, string folder, IEnumerable<KeyValuePair<string, string>> environment)
    {
        // A connection is a descriptor, and ten thousand of them more than most systems grant by default. exec: the shell becomes the
        // command, so that the process id is the server's own.
        string[] shell = ["sh", "-c", $"ulimit -n {OpenFiles} 2>/dev/null || ulimit -n $(ulimit -H -n); exec {command}"];
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
        lock (lastLines)
        {
            return string.Join(Environment.NewLine, lastLines);
        }
    }

    public async Task WaitForExitAsync(CancellationToken cancellationToken)
    {
        await this.process.WaitForExitAsync(cancellationToken);
        await reading;
    }

    public void Dispose()
    {
        if (EndSignal is not null && !HasExited)
        {
            using var kill = Process.Start("kill", ["-" + EndSignal, $"{Id}"]);
            this.process.WaitForExit(s_lastPatience);
        }

        this.process.Kill(entireProcessTree: true);
        this.process.WaitForExit();
        this.process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader, ChannelWriter<string>? lines)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lines?.TryWrite(line);
            lock (lastLines)
            {
                lastLines.Enqueue(line);
                if (lastLines.Count > RememberedLines)
                {
                    lastLines.Dequeue();
                }
            }
        }

        lines?.TryComplete();
    }
}
