using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Hosting;

/// <summary>The cluster of one machine; configuration section <c>Cluster</c>.</summary>
public sealed class LocalClusterOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cluster";

    /// <summary>
    /// Whether the API process hosts the silo too. Default true: one process is the whole product. When false, the API is a client
    /// of the silo whose gateway listens at <see cref="GatewayPort"/>.
    /// </summary>
    public bool HostsSilo { get; set; } = true;

    /// <summary>The port at which silos reach each other, on loopback. Default 0: any free one.</summary>
    [Range(0, 65_535, ErrorMessage = "Cluster:{0} is a port, from {1} to {2}.")]
    public int SiloPort { get; set; }

    /// <summary>
    /// The port at which clients reach the silo, on loopback. Default 0: none in a process that hosts both, 30000 otherwise.
    /// </summary>
    [Range(0, 65_535, ErrorMessage = "Cluster:{0} is a port, from {1} to {2}.")]
    public int GatewayPort { get; set; }

    /// <summary>The gateway's port where there has to be one.</summary>
    internal int GatewayPortOrDefault => GatewayPort == 0 ? 30_000 : GatewayPort;
}
