using System.Buffers;
using System.Buffers.Text;

namespace OrleansChat.Events;

/// <summary>Numbers as UTF-8 digits.</summary>
public static class Utf8Numbers
{
    // The longest Int64 has 20 characters.
    private const int MaxDigits = 20;

    /// <summary>Writes a number in decimal digits.</summary>
    public static void WriteDecimal(this IBufferWriter<byte> output, long value)
    {
        ArgumentNullException.ThrowIfNull(output);
        Utf8Formatter.TryFormat(value, output.GetSpan(MaxDigits), out var written);
        output.Advance(written);
    }
}
