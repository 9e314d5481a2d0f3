namespace OrleansChat.Grains.Tests.Telemetry;

/// <summary>The process has one meter, so these tests run while no others do.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
