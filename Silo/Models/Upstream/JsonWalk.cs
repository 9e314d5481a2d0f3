using System.Text.Json;
using OrleansChat.Models.OpenAI;

namespace OrleansChat.Models.Upstream;

/// <summary>
/// Steps through JSON that may be anything, from the name of a property to its value: what has another form than the one expected is passed
/// over, and counts as missing.
/// </summary>
internal static class JsonWalk
{
    /// <summary>Goes to the next property of the object that the reader is in; false at its end.</summary>
    public static bool NextProperty(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes into the property's value; false where that is no object.</summary>
    public static bool EnterObject(this ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        reader.Skip();
        return false;
    }

    /// <summary>The property's value as text, as <see cref="JsonText.Read"/> has it; null where it is none.</summary>
    public static string? NextText(this ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return JsonText.Read(ref reader);
        }

        reader.Skip();
        return null;
    }

    /// <summary>The largest count that is believed: of what models count nothing comes near it, and sums of such numbers stay numbers.</summary>
    public const long MostCounted = 1_000_000_000_000;

    /// <summary>The property's value as a whole number, 0 to 10^12; null where it is none.</summary>
    public static long? NextCount(this ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count) && count is >= 0 and <= MostCounted)
        {
            return count;
        }

        reader.Skip();
        return null;
    }
}
