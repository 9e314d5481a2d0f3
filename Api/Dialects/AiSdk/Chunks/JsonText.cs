using System.Buffers;
using System.Text;
using System.Text.Json;
using OrleansChat.Events;

namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>Text that may be JSON: what models call tools with, and what tools answer.</summary>
internal static class JsonText
{
    private const string ErrorProperty = "error";

    /// <summary>
    /// Writes a call's input: the JSON that it is, an empty object for nothing, else the text. The AI SDK's oldest versions know no
    /// chunk for an input that is not JSON.
    /// </summary>
    public static void WriteInput(Utf8JsonWriter json, string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }
        else
        {
            WriteTextOr(json, text, TryParse(text));
        }
    }

    /// <summary>Writes what a tool answered: objects and arrays as what they are, everything else as text.</summary>
    public static void WriteOutput(Utf8JsonWriter json, string text) =>
        WriteTextOr(json, text, text.TrimStart() is ['{' or '[', ..] ? TryParse(text) : null);

    /// <summary>The text of a tool's answer, as models are shown it.</summary>
    public static string OfOutput(JsonElement? output) => output switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } json => Compact(json),
    };

    /// <summary>A call's input as <see cref="WriteInput"/> writes it.</summary>
    public static JsonElement Input(string text) => Written(json => WriteInput(json, text));

    /// <summary>A tool's answer as <see cref="WriteOutput"/> writes it.</summary>
    public static JsonElement Output(string text) => Written(json => WriteOutput(json, text));

    /// <summary>What something writes.</summary>
    public static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            write(json);
        }

        return JsonElement.Parse(bytes.WrittenSpan);
    }

    /// <summary>The text of a tool's failure, as models are shown it.</summary>
    public static string OfError(string message) =>
        $"{{\"{ErrorProperty}\":\"{JsonEncodedText.Encode(message, ReadableEncoder.Instance)}\"}}";

    /// <summary>The message of a tool's failure, if the text is <see cref="OfError"/>; else null.</summary>
    public static string? ErrorIn(string text)
    {
        using var parsed = text.StartsWith('{') ? TryParse(text) : null;
        return parsed?.RootElement is { } root && root.GetPropertyCount() == 1
            && root.TryGetProperty(ErrorProperty, out var error) && error.ValueKind == JsonValueKind.String
            ? error.GetString()
            : null;
    }

    /// <summary>JSON without white space.</summary>
    public static string Compact(JsonElement element)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = ReadableEncoder.Instance }))
        {
            element.WriteTo(json);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void WriteTextOr(Utf8JsonWriter json, string text, JsonDocument? parsed)
    {
        using (parsed)
        {
            if (parsed is null)
            {
                json.WriteStringValue(text);
            }
            else
            {
                parsed.RootElement.WriteTo(json);
            }
        }
    }

    private static JsonDocument? TryParse(string text)
    {
        JsonDocument? parsed = null;
        try
        {
            parsed = JsonDocument.Parse(text);

            // An escape of half a surrogate pair parses, and cannot be written.
            _ = Compact(parsed.RootElement);
            return parsed;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            parsed?.Dispose();
            return null;
        }
    }
}
