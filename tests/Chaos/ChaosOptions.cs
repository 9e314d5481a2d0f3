using OrleansChat.Benchmarks;

namespace OrleansChat.Chaos;

/// <summary>What to run, and how; tests/Chaos/README.md explains each.</summary>
internal sealed record ChaosOptions
{
    /// <summary>How many silos; 0 for what the scenario takes by itself. The same for what follows.</summary>
    public int Silos { get; init; }

    /// <summary>How many API nodes.</summary>
    public int Apis { get; init; }

    /// <summary>How many conversations at work.</summary>
    public int Conversations { get; init; }

    /// <summary>How long a reply is, in tokens.</summary>
    public int Tokens { get; init; }

    /// <summary>How fast the model talks, in tokens a second.</summary>
    public double Rate { get; init; }

    /// <summary>How long the scenario <c>random</c> breaks things.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How often it does.</summary>
    public required TimeSpan Every { get; init; }

    /// <summary>What its choices come from.</summary>
    public required int Seed { get; init; }

    /// <summary>Only the phases whose names contain this.</summary>
    public required string Only { get; init; }

    /// <summary>The report's name; the scenario's unless given.</summary>
    public required string Name { get; init; }

    /// <summary>Further settings of every process.</summary>
    public required IReadOnlyList<(string Name, string Value)> Settings { get; init; }

    /// <summary>Reads them.</summary>
    /// <exception cref="UsageException">One is malformed or unknown.</exception>
    public static ChaosOptions From(Arguments arguments, string scenario)
    {
        var options = new ChaosOptions
        {
            Silos = arguments.Take("silos", 0),
            Apis = arguments.Take("apis", 0),
            Conversations = arguments.Take("conversations", 0),
            Tokens = arguments.Take("tokens", 0),
            Rate = arguments.Take("rate", 0.0),
            Duration = TimeSpan.FromMinutes(arguments.Take("minutes", 10.0)),
            Every = TimeSpan.FromSeconds(arguments.Take("every", 10.0)),
            Seed = arguments.Take("seed", 1),
            Only = arguments.Take("only", ""),
            Name = arguments.Take("name", scenario),
            Settings = [.. (arguments.TakeList<string>("set") ?? []).Select(Setting)],
        };
        arguments.ThrowIfAnyLeft();
        return options;
    }

    private static (string Name, string Value) Setting(string text) =>
        text.Split('=', 2) is [{ Length: > 0 } name, var value] ? (name, value) : throw new UsageException($"--set: '{text}' is not NAME=value.");
}
