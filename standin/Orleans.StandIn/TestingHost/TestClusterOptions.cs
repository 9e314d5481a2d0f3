using Microsoft.Extensions.Configuration;

namespace Orleans.TestingHost;

/// <summary>Options of a cluster for tests.</summary>
public sealed class TestClusterOptions
{
    /// <summary>How many silos there are at first.</summary>
    public short InitialSilosCount { get; set; }
}

/// <summary>Configures silos.</summary>
public interface ISiloConfigurator
{
    /// <summary>Configures a silo.</summary>
    void Configure(ISiloBuilder siloBuilder);
}

/// <summary>Configures clients.</summary>
public interface IClientBuilderConfigurator
{
    /// <summary>Configures a client.</summary>
    void Configure(IConfiguration configuration, IClientBuilder clientBuilder);
}
