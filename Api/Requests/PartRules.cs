using System.Buffers.Text;
using System.Collections.Immutable;
using OrleansChat.Contents;

namespace OrleansChat.Requests;

/// <summary>Rules of what messages consist of. Each throws with a message that names the property and what is allowed.</summary>
internal static class PartRules
{
    /// <summary>What a part looks like.</summary>
    public const string Shape =
        "{\"type\": \"text\", \"text\"} or {\"type\": \"image\", \"url\": https or data URL, \"media_type\"?, \"detail\"?: \"auto\" | \"low\" | \"high\"}";

    /// <summary>What a tool's answer looks like.</summary>
    public const string ResultShape = "{\"tool_call_id\", \"content\"}";

    private const string DataScheme = "data:";

    private static readonly string[] ImageTypes = ["image/png", "image/jpeg", "image/gif", "image/webp"];

    /// <summary>Checks text and images.</summary>
    public static void Check(string property, ImmutableArray<ContentPart> parts, int longestText)
    {
        Holds(parts.Length is >= 1 and <= Limits.Parts, $"'{property}' has {parts.Length} parts; 1 to {Limits.Parts} are allowed.");
        var images = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var place = $"{property}[{i}]";
            Holds(parts[i] is not null, $"'{place}' is {Shape}.");
            if (parts[i].Type == ContentPartType.Text)
            {
                Holds(parts[i] is { Text: not null, Url: null, MediaType: null, Detail: null }, $"'{place}' is {{\"type\": \"text\", \"text\"}}.");
            }
            else
            {
                images++;
                CheckImage(place, parts[i]);
            }
        }

        Holds(images <= Limits.Images, $"'{property}' has {images} images; {Limits.Images} are allowed.");
        var text = TextOf(parts);
        Rules.Optional(property, text, longestText);
        Holds(images > 0 || !string.IsNullOrWhiteSpace(text), $"'{property}' says nothing.");
    }

    /// <summary>Checks what tools have answered.</summary>
    public static void Check(string property, ImmutableArray<ToolResult> results, int longestText)
    {
        Holds(
            results.Length is >= 1 and <= Limits.ToolResults, $"'{property}' has {results.Length} results; 1 to {Limits.ToolResults} are allowed.");
        var calls = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < results.Length; i++)
        {
            var place = $"{property}[{i}]";
            Holds(results[i] is not null, $"'{place}' is {ResultShape}.");
            Rules.Required($"{place}.tool_call_id", results[i].ToolCallId, Limits.ToolCallId);
            Holds(calls.Add(results[i].ToolCallId), $"'{place}.tool_call_id' is that of a result before it.");
            Holds(results[i].Content is not null, $"'{place}.content' is missing; it takes text, which may be empty.");
        }

        var total = results.Sum(result => (long)result.Content.Length);
        Holds(total <= longestText, $"'{property}' has {total} characters of content; {longestText} are allowed.");
    }

    /// <summary>The text of all parts.</summary>
    public static string TextOf(ImmutableArray<ContentPart> parts) =>
        string.Join('\n', parts.Where(part => part.Type == ContentPartType.Text).Select(part => part.Text));

    /// <summary>The parts, if they are more than text.</summary>
    public static ImmutableArray<ContentPart> Beyond(ImmutableArray<ContentPart>? parts) =>
        parts is { } all && all.Any(part => part.Type != ContentPartType.Text) ? all : [];

    private static void CheckImage(string place, ContentPart image)
    {
        Holds(image is { Text: null, Url: not null }, $"'{place}' is {Shape}.");
        Holds(image.Detail is null or "auto" or "low" or "high", $"'{place}.detail' is \"auto\", \"low\" or \"high\".");
        Holds(
            image.MediaType is null || ImageTypes.Contains(image.MediaType, StringComparer.Ordinal),
            $"'{place}.media_type' is one of {string.Join(", ", ImageTypes)}.");
        if (image.Url!.StartsWith(DataScheme, StringComparison.OrdinalIgnoreCase))
        {
            CheckData(place, image);
            return;
        }

        Holds(
            image.Url.Length <= Limits.ImageUrl && Uri.TryCreate(image.Url, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps,
            $"'{place}.url' is an https URL of up to {Limits.ImageUrl} characters, or a data URL.");
    }

    private static void CheckData(string place, ContentPart image)
    {
        var comma = image.Url!.IndexOf(',', StringComparison.Ordinal);
        var type = comma < 0 ? "" : image.Url[DataScheme.Length..comma];
        Holds(
            type.EndsWith(";base64", StringComparison.Ordinal) && ImageTypes.Contains(type[..^";base64".Length], StringComparer.Ordinal),
            $"'{place}.url' begins with data:TYPE;base64, where the type is one of {string.Join(", ", ImageTypes)}.");
        Holds(
            image.MediaType is null || type.StartsWith(image.MediaType + ";", StringComparison.Ordinal),
            $"'{place}.media_type' is not that of the URL.");
        Holds(Base64.IsValid(image.Url.AsSpan(comma + 1), out var bytes) && bytes > 0, $"'{place}.url' is not Base64.");
        Holds(bytes <= Limits.ImageBytes, $"'{place}.url' has an image of {bytes} bytes; {Limits.ImageBytes} are allowed.");
    }

    private static void Holds(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw RequestReading.Invalid(otherwise);
        }
    }
}
