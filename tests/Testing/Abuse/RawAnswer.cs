using System.Globalization;
using System.Text.Json;

namespace OrleansChat.Testing.Abuse;

/// <summary>What came back, as it came.</summary>
/// <param name="Text">All of it, a character for a byte.</param>
public sealed record RawAnswer(string Text)
{
    /// <summary>How long it took from the connection on.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>The status; 0 where there was no answer.</summary>
    public int Status =>
        Text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && Text.Length >= 12 && int.TryParse(Text.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : 0;

    /// <summary>Its headers.</summary>
    public string Head => Text.Split("\r\n\r\n", 2)[0];

    /// <summary>The JSON object in its body.</summary>
    public JsonElement Json => JsonElement.Parse(Body[Body.IndexOf('{', StringComparison.Ordinal)..(Body.LastIndexOf('}') + 1)]);

    /// <summary>Its body, as it was framed.</summary>
    public string Body => Text.Split("\r\n\r\n", 2) is [_, var body] ? body : "";
}
