using System.Text.Json;
using Microsoft.Extensions.AI;
using OrleansChat.Contents;

namespace OrleansChat.Models;

/// <summary>
/// The arguments of a tool call as the model wrote them. Providers get them back letter by letter: what was cached by them, and what a
/// model has learned of its own handwriting, does not survive being parsed and written anew.
/// </summary>
public static class ToolCallArguments
{
    /// <summary>The name under which a <see cref="FunctionCallContent"/>'s additional properties have the text.</summary>
    public const string Property = "arguments";

    /// <summary>A call as content, with its arguments both parsed, where they are an object, and as they were written.</summary>
    public static FunctionCallContent ToContent(ToolCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return new FunctionCallContent(call.Id, call.Name, Parse(call.Arguments))
        {
            AdditionalProperties = new AdditionalPropertiesDictionary { [Property] = call.Arguments },
        };
    }

    /// <summary>The arguments of a call as JSON: as they were written, where that is known.</summary>
    public static string TextOf(FunctionCallContent call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.AdditionalProperties?.TryGetValue(Property, out var text) == true && text is string { Length: > 0 } written ? written
            : call.Arguments is { Count: > 0 } arguments ? JsonSerializer.Serialize(arguments, AIJsonUtilities.DefaultOptions)
            : "{}";
    }

    private static Dictionary<string, object?>? Parse(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject()
                    .GroupBy(property => property.Name, StringComparer.Ordinal)
                    .ToDictionary(each => each.Key, each => (object?)each.Last().Value.Clone(), StringComparer.Ordinal)
                : null;
        }
        catch (JsonException)
        {
            // Models err; what they wrote stands beside it.
            return null;
        }
    }
}
