namespace OrleansChat.Benchmarks.Abuse.Scenarios;

/// <summary>One kind of abuse.</summary>
internal interface IScenario
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>What is done, in a sentence.</summary>
    string Deed { get; }

    /// <summary>Settings of the server beyond the defaults.</summary>
    IReadOnlyList<(string Name, string Value)> Settings => [];

    /// <summary>Does it, and notes on the server what came of it.</summary>
    Task RunAsync(ServerUnderAttack server, AbuseOptions options);
}
