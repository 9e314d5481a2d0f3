using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Health;

/// <summary>Where a silo tells orchestrators that it works; configuration section <c>Health</c>.</summary>
public sealed class HealthPortOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Health";

    /// <summary>The TCP port that is open while the silo is in its cluster, on every address of the machine. Default 0: none.</summary>
    [Range(0, 65_535, ErrorMessage = "Health:{0} is a port, from {1} to {2}.")]
    public int Port { get; set; }
}
