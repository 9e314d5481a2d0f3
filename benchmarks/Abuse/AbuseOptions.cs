namespace OrleansChat.Benchmarks.Abuse;

/// <summary>How much of it.</summary>
/// <param name="Only">The scenarios that are wanted; null for all.</param>
/// <param name="Name">The name of the report.</param>
/// <param name="Requests">Malformed requests.</param>
/// <param name="Seed">Which of them.</param>
/// <param name="Connections">Idle connections.</param>
/// <param name="Slow">Connections that send slowly.</param>
/// <param name="Readers">Readers who read slowly.</param>
/// <param name="Stampede">Readers who come back at once.</param>
internal sealed record AbuseOptions(string[]? Only, string Name, int Requests, int Seed, int Connections, int Slow, int Readers, int Stampede)
{
    /// <summary>Reads them.</summary>
    public static AbuseOptions From(Arguments arguments)
    {
        var only = arguments.TakeList<string>("only");
        return new AbuseOptions(
            only,
            arguments.Take("name", only is null ? "abuse" : $"abuse-{string.Join('-', only)}"),
            arguments.Take("requests", 10_000),
            arguments.Take("seed", 1),
            arguments.Take("connections", 10_000),
            arguments.Take("slow", 2_000),
            arguments.Take("readers", 500),
            arguments.Take("stampede", 2_000));
    }
}
