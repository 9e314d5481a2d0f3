using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Models;

/// <summary>How often, and for how long, a model is asked again before its first token, bound from <c>Models:{name}:Retry</c>.</summary>
internal sealed class RetryOptions
{
    private const string LongestWait = "01:00:00";
    private const string WaitMessage = $"must be from 00:00:00 to {LongestWait}";

    /// <summary>
    /// How often the model is asked for one reply at most, all its endpoints together, from 1 (never again) to 20; then its fallbacks
    /// are. Default 3; 1 for <c>demo</c>, whose faults are asked for.
    /// </summary>
    [Range(1, 20, ErrorMessage = "must be from {1} to {2}")]
    public int? Attempts { get; set; }

    /// <summary>
    /// How long a reply may be without its first token, with all attempts, waits and fallbacks, up to 4 hours. Default: twice the
    /// <see cref="ModelOptions.FirstTokenTimeout"/>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "04:00:00", ErrorMessage = "must be from 00:00:00.1 to 04:00:00")]
    public TimeSpan? Budget { get; set; }

    /// <summary>
    /// What the wait for the second attempt at an endpoint is chosen below, evenly from 0 on (full jitter); doubles with each further
    /// one. Default 500 ms.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", LongestWait, ErrorMessage = WaitMessage)]
    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What <see cref="Delay"/> doubles to at most. Default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", LongestWait, ErrorMessage = WaitMessage)]
    public TimeSpan LongestDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a wait is kept that an endpoint asks for (<c>Retry-After</c>). One that asks for a longer one is not asked again for the
    /// same reply. Default 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", LongestWait, ErrorMessage = WaitMessage)]
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromSeconds(30);
}
