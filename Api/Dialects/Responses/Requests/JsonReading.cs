using System.Text.Json;

namespace OrleansChat.Dialects.Responses.Requests;

/// <summary>Reads what may be missing.</summary>
internal static class JsonReading
{
    /// <summary>A text; null where there is none.</summary>
    public static string? TextOf(this JsonElement item, string property) =>
        item.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
