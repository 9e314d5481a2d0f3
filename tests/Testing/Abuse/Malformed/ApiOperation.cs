using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansChat.Testing.Abuse.Malformed;

/// <summary>An operation as the OpenAPI document describes it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path, with names in braces.</param>
/// <param name="InPath">The names in the path.</param>
/// <param name="InQuery">The parameters of the query.</param>
/// <param name="Body">An example of the body, if it takes JSON.</param>
/// <param name="TakesText">Whether it takes text.</param>
public sealed record ApiOperation(
    string Method, string Path, ImmutableArray<string> InPath, ImmutableArray<string> InQuery, JsonNode? Body, bool TakesText)
{
    /// <summary>Method and path.</summary>
    public string Name => $"{Method} {Path}";

    /// <summary>The operations in a document.</summary>
    public static ImmutableArray<ApiOperation> In(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select Of(operation.Name.ToUpperInvariant(), path.Name, operation.Value),
    ];

    /// <summary>The path with real things in the place of names.</summary>
    /// <param name="things">They, by name.</param>
    public string At(IReadOnlyDictionary<string, string> things)
    {
        ArgumentNullException.ThrowIfNull(things);
        return InPath.Aggregate(Path, (path, name) => path.Replace($"{{{name}}}", things[name], StringComparison.Ordinal));
    }

    private static ApiOperation Of(string method, string path, JsonElement operation)
    {
        var parameters = operation.TryGetProperty("parameters", out var found) ? found.EnumerateArray().ToArray() : [];
        var contents = operation.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").EnumerateObject().ToArray() : [];
        var json = Array.Find(contents, content => content.Name == "application/json").Value;
        return new ApiOperation(
            method,
            path,
            Named("path"),
            Named("query"),
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty("example", out var example) ? JsonNode.Parse(example.GetRawText()) : null,
            contents.Length > 0 && json.ValueKind != JsonValueKind.Object);

        ImmutableArray<string> Named(string place) =>
            [.. parameters.Where(parameter => parameter.GetProperty("in").GetString() == place).Select(parameter => parameter.GetProperty("name").GetString()!)];
    }
}
