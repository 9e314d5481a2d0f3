using System.Text.Json;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.DurableStreams;

/// <summary>Reads streams by hand, to see every header.</summary>
internal static class StreamReads
{
    /// <summary>Reads a stream once.</summary>
    public static Task<HttpResponseMessage> ReadAsync(this ChatApi api, string stream, string query = "", params IEnumerable<(string Name, string Value)> headers) =>
        api.RequestAsync(HttpMethod.Get, $"/streams/{stream}?{query}", null, headers);

    /// <summary>A header of an answer; null where it has none.</summary>
    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    /// <summary>The messages of an answer.</summary>
    public static async Task<IReadOnlyList<JsonElement>> MessagesAsync(this HttpResponseMessage response) =>
        [.. JsonElement.Parse(await response.Content.ReadAsStringAsync()).EnumerateArray()];

    /// <summary>The sequences of the messages of an answer.</summary>
    public static async Task<IReadOnlyList<long>> SequencesAsync(this HttpResponseMessage response) =>
        [.. (await response.MessagesAsync()).Select(message => message.GetProperty("sequence").GetInt64())];

    /// <summary>An offset as text.</summary>
    public static string Offset(long sequence) => $"{sequence:D16}";
}
