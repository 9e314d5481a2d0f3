using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Models;

/// <summary>When an endpoint that fails is left alone, and for how long, bound from <c>Models:{name}:CircuitBreaker</c>.</summary>
internal sealed class CircuitBreakerOptions
{
    /// <summary>
    /// How many failures in a row open an endpoint's circuit, up to 1,000; 0 for never. Default 5; 0 for <c>demo</c>, whose faults are
    /// asked for.
    /// </summary>
    [Range(0, 1_000, ErrorMessage = "must be from {1} to {2}")]
    public int? Failures { get; set; }

    /// <summary>How long an open circuit keeps all requests from the endpoint, until one may probe it, up to an hour. Default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ErrorMessage = "must be from 00:00:00.1 to 01:00:00")]
    public TimeSpan Break { get; set; } = TimeSpan.FromSeconds(15);
}
