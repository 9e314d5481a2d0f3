
namespace Orleans.TestingHost;

/// <summary>Configures a cluster of one silo for tests.</summary>
public sealed class TestClusterBuilder
{
    /// <summary>Asks for two silos, as Orleans does by default; the stand-in cannot give them.</summary>
    public TestClusterBuilder()
        : this(2)
    {
    }

    /// <summary>Asks for a number of silos.</summary>
    public TestClusterBuilder(short initialSilosCount) => Options.InitialSilosCount = initialSilosCount;

    /// <summary>The options.</summary>
    public TestClusterOptions Options { get; } = new();

    internal List<Action<ISiloBuilder>> SiloConfigurators { get; } = [];

    /// <summary>Has a class configure the silo.</summary>
    public TestClusterBuilder AddSiloBuilderConfigurator<T>()
        where T : new()
    {
        var configurator = (ISiloConfigurator)(object)new T();
        SiloConfigurators.Add(configurator.Configure);
        return this;
    }

    internal List<IClientBuilderConfigurator> ClientConfigurators { get; } = [];

    /// <summary>Has a class configure the client.</summary>
    public TestClusterBuilder AddClientBuilderConfigurator<T>()
        where T : new()
    {
        ClientConfigurators.Add((IClientBuilderConfigurator)(object)new T());
        return this;
    }

    /// <summary>Makes the cluster, which is still to be deployed.</summary>
    /// <exception cref="NotSupportedException">More than one silo was asked for.</exception>
    public TestCluster Build() =>
        Options.InitialSilosCount == 1
            ? new TestCluster(this)
            : throw new NotSupportedException(
                $"{Options.InitialSilosCount} silos were asked for. The Orleans stand-in is a single process with one silo; a cluster needs Orleans' own packages.");
}
