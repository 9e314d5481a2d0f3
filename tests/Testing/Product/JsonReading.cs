using System.Text.Json;

namespace OrleansChat.Testing.Product;

/// <summary>Shorthands for what tests read most.</summary>
public static class JsonReading
{
    /// <summary>A property's text; null where it is null.</summary>
    public static string? Text(this JsonElement json, string property) => json.GetProperty(property).GetString();

    /// <summary>The JSON of a response, with its status.</summary>
    public static async Task<(int Status, JsonElement Json)> ReadJsonAsync(this Task<HttpResponseMessage> sending)
    {
        ArgumentNullException.ThrowIfNull(sending);
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }
}
