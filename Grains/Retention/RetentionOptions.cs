using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Retention;

/// <summary>How long conversations are kept; configuration section <c>Conversations:Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Conversations:Retention";

    /// <summary>
    /// After how long without any new event a conversation that is not transient is deleted for good, an hour to ten years. Default: null, never.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00", ErrorMessage = $"{Section}:{{0}} must be a time span from {{1}} to {{2}}, for example 30.00:00:00 for 30 days.")]
    public TimeSpan? IdleTime { get; set; }

    /// <summary>
    /// After how long without any new event a transient conversation is deleted for good, a minute to ten years; <see cref="IdleTime"/> is for
    /// the others. Default: an hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00", ErrorMessage = $"{Section}:{{0}} must be a time span from {{1}} to {{2}}.")]
    public TimeSpan TransientTime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often expired conversations are looked for, a second to a day. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = $"{Section}:{{0}} must be a time span from {{1}} to {{2}}.")]
    public TimeSpan Period { get; set; } = TimeSpan.FromMinutes(10);
}
