using System.ComponentModel.DataAnnotations;
using System.Net;

namespace OrleansChat.Hosting;

/// <summary>How the processes of one backend find each other; configuration section <c>Cluster</c>.</summary>
public sealed class ChatClusterOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Cluster";

    // Also the numbers that Orleans has for them.
    private const int DefaultSiloPort = 11_111;
    private const int DefaultGatewayPort = 30_000;

    /// <summary>What holds the silos together. Default <see cref="ClusterMode.Local"/>.</summary>
    public ClusterMode Mode { get; set; }

    /// <summary>
    /// Whether the API process hosts a silo too. Default: it does in <see cref="ClusterMode.Local"/>, where one process is the whole
    /// product, and in <see cref="ClusterMode.PostgreSQL"/> it is a client of the cluster's silos.
    /// </summary>
    public bool? HostsSilo { get; set; }

    /// <summary>Tells clusters in one database apart. Default <c>orleanschat</c>.</summary>
    [Required(ErrorMessage = "Cluster:{0} must not be empty.")]
    public string ClusterId { get; set; } = "orleanschat";

    /// <summary>Under which name the cluster's own state is kept; it outlives changes of <see cref="ClusterId"/>. Default <c>orleanschat</c>.</summary>
    [Required(ErrorMessage = "Cluster:{0} must not be empty.")]
    public string ServiceId { get; set; } = "orleanschat";

    /// <summary>
    /// The IP address at which the cluster's other processes reach this silo, which listens at no other. Default: the machine's own,
    /// the first that is not loopback. Of no use in <see cref="ClusterMode.Local"/>, which never leaves loopback.
    /// </summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>
    /// The port at which silos reach each other. Default 0: any free one in <see cref="ClusterMode.Local"/>, 11111 in
    /// <see cref="ClusterMode.PostgreSQL"/>.
    /// </summary>
    [Range(0, 65_535, ErrorMessage = "Cluster:{0} is a port, from {1} to {2}.")]
    public int SiloPort { get; set; }

    /// <summary>
    /// The port at which clients reach the silo. Default 0: 30000, but none in a <see cref="ClusterMode.Local"/> process that hosts both.
    /// </summary>
    [Range(0, 65_535, ErrorMessage = "Cluster:{0} is a port, from {1} to {2}.")]
    public int GatewayPort { get; set; }

    /// <summary>How long a silo that stops lets its replies finish before it hands them over, up to an hour. Default 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Cluster:{0} is a time from {1} to {2}.")]
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Mutual TLS between the cluster's processes. Default: none. Of no use in <see cref="ClusterMode.Local"/>, which never leaves loopback.
    /// </summary>
    public ClusterTlsOptions Tls { get; set; } = new();

    /// <summary><see cref="HostsSilo"/>, or what it is by default.</summary>
    internal bool HostsSiloOrDefault => HostsSilo ?? Mode == ClusterMode.Local;

    /// <summary>The silo's port where it has to be known to others.</summary>
    internal int SiloPortOrDefault => SiloPort == 0 ? DefaultSiloPort : SiloPort;

    /// <summary>The gateway's port where there has to be one.</summary>
    internal int GatewayPortOrDefault => GatewayPort == 0 ? DefaultGatewayPort : GatewayPort;

    /// <summary><see cref="AdvertisedAddress"/>, if there is one.</summary>
    internal IPAddress? AdvertisedIP => string.IsNullOrEmpty(AdvertisedAddress) ? null : IPAddress.Parse(AdvertisedAddress);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(AdvertisedAddress) && !IsReachable(AdvertisedAddress))
        {
            yield return new ValidationResult(
                $"Cluster:AdvertisedAddress is '{AdvertisedAddress}', and must be the one IP address at which others reach this silo, such as 10.0.0.5.");
        }

        if (SiloPortOrDefault == GatewayPortOrDefault)
        {
            yield return new ValidationResult(
                $"Cluster:SiloPort and Cluster:GatewayPort are both {SiloPortOrDefault}, and must be two ports.");
        }

        if (Tls.IsOn && Tls.Missing.Any())
        {
            yield return new ValidationResult(
                $"Cluster:Tls takes Certificate, Key and Authority, or none of them; missing: {string.Join(", ", Tls.Missing)}.");
        }

        if (Tls.IsOn && Mode == ClusterMode.Local)
        {
            yield return new ValidationResult(
                $"Cluster:Tls is for clusters: Cluster:Mode is {ClusterMode.Local}, whose silo is reached from this machine only. Set Cluster:Mode or remove Cluster:Tls.");
        }
    }

    // "Anywhere" is an address to listen at, but none to reach anybody by.
    private static bool IsReachable(string address) =>
        IPAddress.TryParse(address, out var ip)
        && !new[] { IPAddress.Any, IPAddress.IPv6Any, IPAddress.None, IPAddress.IPv6None }.Contains(ip);
}
