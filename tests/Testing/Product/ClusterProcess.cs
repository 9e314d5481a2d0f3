using OrleansChat.Testing.Time;

namespace OrleansChat.Testing.Product;

/// <summary>A silo or an API node of <see cref="ClusterProcesses"/>, through all its runs.</summary>
public abstract class ClusterProcess : IAsyncDisposable
{
    // A silo that starts while others join waits for them, and may have to try again.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly string program;
    private readonly string logPath;
    private readonly Lock writing = new();
    private readonly Dictionary<string, string> settings = new(StringComparer.Ordinal);
    private ProgramProcess? run;

    private protected ClusterProcess(string name, string program, string logDirectory)
    {
        Name = name;
        this.program = program;
        logPath = Path.Combine(logDirectory, $"{name}.log");
    }

    /// <summary>For example <c>silo-1</c>.</summary>
    public string Name { get; }

    /// <summary>A command that gives way to the program, to run it elsewhere: <c>ip netns exec …</c>, for example. Default: none.</summary>
    public IReadOnlyList<string> Through { get; set; } = [];

    /// <summary>What its present run, or its last one, has written to its log.</summary>
    public string Log => run?.Log ?? "";

    /// <summary>The number by which the system knows its present run.</summary>
    public int Id => Run.Id;

    /// <summary>Whether its process runs.</summary>
    public bool IsRunning => run is { HasEnded: false };

    /// <summary>What its last run ended with. It must have ended.</summary>
    public int ExitCode => Run.ExitCode;

    private ProgramProcess Run => run ?? throw new InvalidOperationException($"{Name} has never been started.");

    /// <summary>Sets an environment variable of its next runs.</summary>
    public void Set(string name, string value) => settings[name] = value;

    /// <summary>Starts it, and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message has its log.</exception>
    public async Task StartAsync()
    {
        if (run is not null)
        {
            await run.DisposeAsync();
        }

        Prepare();
        var started = run = ProgramProcess.Start(program, settings.Select(setting => (setting.Key, setting.Value)), Hear, Through);
        var ready = ReadyAsync(StartPatience);
        if (await Task.WhenAny(ready, started.Ended) != ready)
        {
            throw new InvalidOperationException($"{Name} ended at its start:\n{started.Log}");
        }

        await ready;
    }

    /// <inheritdoc cref="ProgramProcess.KillAsync"/>
    public Task KillAsync() => Run.KillAsync();

    /// <inheritdoc cref="ProgramProcess.StopAsync"/>
    public Task<int> StopAsync() => Run.StopAsync();

    /// <summary>Has it stand still, as a machine does that swaps, or is moved: it answers nobody, and nobody is told.</summary>
    public Task SuspendAsync() => Run.SignalAsync("STOP");

    /// <summary>Has it go on.</summary>
    public Task ResumeAsync() => Run.SignalAsync("CONT");

    /// <summary>Waits until it ends by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndedAsync()
    {
        await Run.Ended.WaitAsync(TestLimits.Signal);
        return Run.ExitCode;
    }

    /// <inheritdoc />
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (run is not null)
        {
            await run.DisposeAsync();
        }
    }

    /// <summary>Called before each run.</summary>
    private protected virtual void Prepare()
    {
    }

    /// <summary>Done when the run that has just begun is ready.</summary>
    private protected abstract Task ReadyAsync(TimeSpan patience);

    /// <summary>Told of every line of the log.</summary>
    private protected virtual void Heard(string line)
    {
    }

    private void Hear(string line)
    {
        lock (writing)
        {
            File.AppendAllLines(logPath, [line]);
        }

        Heard(line);
    }
}
