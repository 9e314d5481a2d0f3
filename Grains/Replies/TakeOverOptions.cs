using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Replies;

/// <summary>
/// How long a reply is worth taking over; configuration section <c>Replies:TakeOver</c>. A reply that brings its silo down would
/// otherwise bring down one after the other.
/// </summary>
public sealed class TakeOverOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Replies:TakeOver";

    /// <summary>How often one reply is taken over at most, 0 to 100; then it ends as interrupted. Default 5.</summary>
    [Range(0, 100, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public int Attempts { get; set; } = 5;

    /// <summary>
    /// How long after its start a reply is still taken over, up to a day; after that it ends as interrupted, for nobody waits for
    /// it any more. Default 30 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ErrorMessage = $"{Section}:{{0}} must be a time span from {{1}} to {{2}}.")]
    public TimeSpan Within { get; set; } = TimeSpan.FromMinutes(30);
}
