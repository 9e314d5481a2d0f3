using OrleansChat.Benchmarks.Load;

namespace OrleansChat.Benchmarks.Run;

/// <summary>What to measure, and how; benchmarks/README.md explains each. What is null is left to each experiment.</summary>
internal sealed record RunOptions
{
    public required string Name { get; init; }

    public required string[]? Targets { get; init; }

    public required int[]? Conversations { get; init; }

    public required int? Readers { get; init; }

    public required double[]? Rates { get; init; }

    /// <summary>Words, one of which the name of a series has to contain.</summary>
    public required string[]? Series { get; init; }

    /// <summary>Of each series these sizes only.</summary>
    public int[]? Sizes { get; init; }

    public required double Seconds { get; init; }

    public required double Warmup { get; init; }

    public required int Runs { get; init; }

    /// <summary>Cores' worth of work by strangers past which a run does not count.</summary>
    public required double MaxForeign { get; init; }

    public required string ServerCores { get; init; }

    public required string GeneratorCores { get; init; }

    /// <summary>The shell command that starts the product, in the repository's root.</summary>
    public required string Command { get; init; }

    /// <summary>The shell command that starts a silo of its own, in the repository's root.</summary>
    public required string SiloCommand { get; init; }

    /// <summary>More environment for the baselines in C# and the product alike, <c>NAME=value</c>.</summary>
    public required string[] Environment { get; init; }

    /// <summary>One more header of each request, such as <c>Authorization: Bearer …</c>.</summary>
    public required string Header { get; init; }

    public required double ReadySeconds { get; init; }

    public static RunOptions From(string name, Arguments arguments)
    {
        var options = new RunOptions
        {
            Name = arguments.Take("name", name),
            Targets = arguments.TakeList<string>("targets"),
            Conversations = arguments.TakeList<int>("conversations"),
            Readers = arguments.TakeOptional<int>("readers"),
            Rates = arguments.TakeList<double>("rates"),
            Series = arguments.TakeList<string>("series"),
            Sizes = arguments.TakeList<int>("sizes"),
            Seconds = arguments.Take("seconds", LoadPlan.DefaultWindowSeconds),
            Warmup = arguments.Take("warmup", LoadPlan.DefaultWarmupSeconds),
            Runs = arguments.Take("runs", 3),
            MaxForeign = arguments.Take("max-foreign", 0.3),
            ServerCores = arguments.Take("server-cores", "1"),
            GeneratorCores = arguments.Take("generator-cores", "0"),
            Command = arguments.Take("command", "dotnet Api/bin/Release/net10.0/OrleansChat.Api.dll"),
            SiloCommand = arguments.Take("silo-command", "dotnet Silo/bin/Release/net10.0/OrleansChat.Silo.dll"),
            Environment = arguments.TakeList<string>("environment") ?? [],
            Header = arguments.Take("header", ""),
            ReadySeconds = arguments.Take("ready-seconds", 60.0),
        };
        arguments.ThrowIfAnyLeft();
        return options;
    }
}
