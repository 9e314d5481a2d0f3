using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.DurableStreams;

/// <summary>
/// A position in a stream: the sequence of the event before it. As text it has 16 digits, so that texts sort as positions do. Who comes with
/// a sequence from another dialect may leave the leading zeros out.
/// </summary>
internal readonly record struct StreamOffset
{
    private const int Digits = 16;
    private const string Beginning = "-1";
    private const string Tail = "now";

    private StreamOffset(long sequence, bool isNow) => (Sequence, IsNow) = (sequence, isNow);

    /// <summary>The position before the first event.</summary>
    public static StreamOffset First => default;

    /// <summary>Wherever the stream ends at the moment.</summary>
    public static StreamOffset Now { get; } = new(0, isNow: true);

    /// <summary>The sequence of the event before it; 0 at the beginning.</summary>
    public long Sequence { get; }

    /// <summary>Whether it is wherever the stream ends at the moment.</summary>
    public bool IsNow { get; }

    /// <summary>The text for a position.</summary>
    public static string Of(long sequence) => sequence.ToString("D16", CultureInfo.InvariantCulture);

    /// <summary>Reads an offset, or one of the words for the beginning (<c>-1</c>) and the end (<c>now</c>).</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out StreamOffset offset)
    {
        offset = default;
        if (text is Beginning or Tail)
        {
            offset = text == Tail ? Now : First;
            return true;
        }

        if (text is not { Length: > 0 and <= Digits } || !WholeNumber.TryParse(text, out var sequence))
        {
            return false;
        }

        offset = new StreamOffset(sequence, isNow: false);
        return true;
    }
}
