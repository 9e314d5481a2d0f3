using System.Collections.Immutable;
using System.Globalization;
using OrleansChat.Testing.Models;

namespace OrleansChat.Testing.Faults;

/// <summary>
/// What becomes of a response on its way: after exactly how many bytes it ends and how, and in which pieces it comes until then.
/// Immutable, so a fault can be used often and built upon.
/// </summary>
/// <example><code>
/// Fault.Reset(after: 812) with { SplitAt = [17, 300] }
/// </code></example>
public sealed record Fault
{
    /// <summary>None: the response goes through as it is.</summary>
    public static Fault None { get; } = new();

    /// <summary>How the response ends after <see cref="Length"/> bytes.</summary>
    public FaultEnding Ending { get; private init; }

    /// <summary>How many bytes of the response go through.</summary>
    public long Length { get; private init; } = long.MaxValue;

    /// <summary>
    /// Offsets, ascending, at which the response is split: each part is a TCP segment of its own, sent when the receiver has read all before it.
    /// </summary>
    public ImmutableArray<int> SplitAt { get; init; } = [];

    /// <summary>Whether the response is split at every byte.</summary>
    public bool IsSplitAtEveryByte { get; init; }

    /// <summary>Where the first byte waits for the test; null for nowhere.</summary>
    public Gate? BeforeFirstByte { get; init; }

    /// <summary>How long the first byte waits, by the sender's clock.</summary>
    public TimeSpan FirstByteDelay { get; init; }

    /// <summary>The most bytes that go through in each <see cref="RatePeriod"/>; 0 for no limit.</summary>
    public int RateLimit { get; init; }

    /// <summary>The time in which <see cref="RateLimit"/> bytes may go through, by the sender's clock.</summary>
    public TimeSpan RatePeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A connection that is closed after so many bytes.</summary>
    public static Fault Fin(long after) => Cut(FaultEnding.Fin, after);

    /// <summary>A connection that is reset after so many bytes.</summary>
    public static Fault Reset(long after) => Cut(FaultEnding.Reset, after);

    /// <summary>A connection that falls silent after so many bytes.</summary>
    public static Fault Stall(long after) => Cut(FaultEnding.Stall, after);

    /// <summary>A connection that ends in this way after so many bytes.</summary>
    public static Fault Cut(FaultEnding ending, long after) => new() { Ending = ending, Length = after };

    /// <summary>A response in two parts.</summary>
    public static Fault Split(int at) => new() { SplitAt = [at] };

    /// <inheritdoc/>
    public override string ToString()
    {
        var cut = Ending == FaultEnding.None ? "" : string.Create(CultureInfo.InvariantCulture, $"{Ending} after {Length} bytes");
        var split = IsSplitAtEveryByte ? "split at every byte" : SplitAt.IsEmpty ? "" : $"split at {string.Join(", ", SplitAt)}";
        return (cut, split) is ("", "") ? "no fault" : string.Join("; ", new[] { cut, split }.Where(part => part.Length > 0));
    }
}
