using System.Diagnostics;
using System.Globalization;
using System.Text;
using OrleansChat.Testing.Secrecy;

namespace OrleansChat.Testing.Product;

/// <summary>
/// A program as a process of its own. One of the product's logs all that it ever would, and when it is disposed of, nothing that tests
/// say or configure may be in its log (<see cref="Secrets"/>).
/// </summary>
public sealed class ProgramProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(45);

    // The product compiles for the long run: everything well, and what is used a lot better at once. Tests start it hundreds of times for
    // seconds each, and would spend most of their own time on that.
    private static readonly (string Name, string Value)[] QuickStart = [("DOTNET_TC_QuickJit", "1"), ("DOTNET_TC_CallCountingDelayMs", "3000")];

    private readonly Process process;
    private readonly StringBuilder log = new();
    private readonly Action<string>? heard;
    private readonly string? product;

    private ProgramProcess(Process process, Action<string>? heard, string? product)
    {
        this.process = process;
        this.heard = heard;
        this.product = product;
    }

    /// <summary>
    /// Where <c>./test</c> has compiled the product's programs ahead, as images have them; null where they were only built, and lie beside
    /// the tests.
    /// </summary>
    public static string? CompiledAhead { get; } =
        Environment.GetEnvironmentVariable("ORLEANSCHAT_PROGRAMS") is { Length: > 0 } directory ? directory : null;

    /// <summary>Settings with which a program of the product's compiles as it does for users, for those who measure it or run it for long.</summary>
    public static IReadOnlyList<(string Name, string Value)> LongRun { get; } = [("DOTNET_TC_QuickJit", "0"), ("DOTNET_TC_CallCountingDelayMs", "0")];

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

    /// <summary>Done when the process has ended.</summary>
    public Task Ended => process.WaitForExitAsync();

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>What it ended with. It must have ended.</summary>
    public int ExitCode => process.ExitCode;

    /// <summary>The number by which the system knows it.</summary>
    public int Id => process.Id;

    /// <summary>The directory of a program of the product's.</summary>
    /// <param name="program">Its file's name, <c>OrleansChat.Api.dll</c>.</param>
    public static string DirectoryOf(string program) =>
        CompiledAhead is null ? AppContext.BaseDirectory : Path.Combine(CompiledAhead, Path.GetExtension(Path.GetFileNameWithoutExtension(program))[1..]);

    /// <summary>Starts a program of the product's.</summary>
    /// <param name="program">Its file's name.</param>
    /// <param name="settings">Settings, as environment variables.</param>
    /// <param name="heard">Told of every line that it writes.</param>
    /// <param name="through">A command that gives way to the program, to run it elsewhere: <c>ip netns exec …</c>, for example.</param>
    public static ProgramProcess Start(
        string program, IEnumerable<(string Name, string Value)> settings, Action<string>? heard = null, params IReadOnlyList<string> through)
    {
        (string Name, string Value)[] all = [("Logging__LogLevel__OrleansChat", "Trace"), .. settings];
        Array.ForEach(all, setting => Gathering.Setting(setting.Name, setting.Value));
        return StartCommand([.. through, .. Command(program)], [.. QuickStart, .. all], heard, program);
    }

    /// <summary>Starts a program of the product's with arguments, to do one thing.</summary>
    /// <inheritdoc cref="Start" path="/param"/>
    /// <param name="arguments">The arguments.</param>
    public static ProgramProcess StartTool(string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> settings) =>
        StartCommand([.. Command(program), .. arguments], [.. QuickStart, .. settings]);

    /// <summary>Starts a command.</summary>
    /// <inheritdoc cref="Start" path="/param"/>
    /// <param name="command">The command and its arguments.</param>
    public static ProgramProcess StartCommand(
        IReadOnlyList<string> command, IEnumerable<(string Name, string Value)> settings, Action<string>? heard = null) =>
        StartCommand(command, settings, heard, product: null);

    private static IEnumerable<string> Command(string program) => ["dotnet", Path.Combine(DirectoryOf(program), program)];

    private static ProgramProcess StartCommand(
        IReadOnlyList<string> command, IEnumerable<(string Name, string Value)> settings, Action<string>? heard, string? product)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(settings);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };

        // What the machine's own user has configured is none of the tests' business.
        start.Environment.Remove("OPENAI_API_KEY");
        start.Environment.Remove("OPENAI_BASE_URL");
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var started = new ProgramProcess(new Process { StartInfo = start }, heard, product);
        started.process.OutputDataReceived += (_, line) => started.TakeLine(line.Data);
        started.process.ErrorDataReceived += (_, line) => started.TakeLine(line.Data);
        started.process.Start();
        started.process.BeginOutputReadLine();
        started.process.BeginErrorReadLine();
        return started;
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
        await SignalAsync("TERM");
        using var patience = new CancellationTokenSource(StopPatience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Sends it a signal.</summary>
    /// <param name="name">Without <c>SIG</c>: <c>TERM</c>, <c>STOP</c>, <c>CONT</c>.</param>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        // With the end of its output.
        await process.WaitForExitAsync();
        process.Dispose();
        if (product is not null)
        {
            Secrets.AssertNoneIn(Log, $"The log of {product}");
            await SharedCollector.AssertNoSecretsAsync();
        }
    }

    private void TakeLine(string? line)
    {
        if (line is not null)
        {
            lock (log)
            {
                log.AppendLine(line);
            }

            heard?.Invoke(line);
        }
    }
}
