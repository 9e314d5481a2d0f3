using System.Globalization;

namespace OrleansChat.Requests;

/// <summary>Reads whole numbers that are digits and nothing else: the framework also takes what ends with NUL.</summary>
internal static class WholeNumber
{
    /// <summary>Reads a number from 0; false where it is none, or too large.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        return !text.ContainsAnyExceptInRange('0', '9') && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
