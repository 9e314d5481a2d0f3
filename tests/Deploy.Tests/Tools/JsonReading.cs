using System.Text.Json.Nodes;

namespace OrleansChat.Deploy.Tests.Tools;

/// <summary>Short ways through a tree.</summary>
internal static class JsonReading
{
    /// <summary>What is at a path, steps apart by slashes; null where it leads nowhere.</summary>
    public static JsonNode? At(this JsonNode? node, string path) =>
        path.Split('/').Aggregate(node, (at, step) => at is JsonArray list ? list[int.Parse(step)] : at?[step]);

    /// <summary>The text at a path; empty where there is none.</summary>
    public static string Text(this JsonNode? node, string path) => node.At(path)?.ToString() ?? "";

    /// <summary>The number at a path.</summary>
    public static long Number(this JsonNode? node, string path) =>
        node.At(path)?.GetValue<long>() ?? throw new InvalidDataException($"There is nothing at {path} in {node?.ToJsonString()}.");

    /// <summary>The items of the list at a path; none where there is no list.</summary>
    public static IEnumerable<JsonNode> Items(this JsonNode? node, string path) => (node.At(path) as JsonArray ?? []).Select(item => item!);

    /// <summary>The names and values of the object at a path; none where there is no object.</summary>
    public static Dictionary<string, string> Pairs(this JsonNode? node, string path) =>
        (node.At(path) as JsonObject ?? []).ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "", StringComparer.Ordinal);

    /// <summary>Everything within, itself included.</summary>
    public static IEnumerable<JsonNode> Within(this JsonNode node) =>
        (node switch
        {
            JsonObject mapping => mapping.Select(pair => pair.Value),
            JsonArray list => list,
            _ => [],
        }).OfType<JsonNode>().SelectMany(Within).Prepend(node);
}
