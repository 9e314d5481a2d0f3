using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Demo;

/// <summary>The tools that the demo model calls when a message asks it to, and what it makes of their answers.</summary>
internal static class DemoTools
{
    private const string NameWithoutTools = "get_weather";
    private const int PieceLength = 8;

    /// <summary>The pieces of some calls, which take turns: the tools of the request one after the other, with arguments that fit their schemas.</summary>
    public static IEnumerable<ToolCallPiece> Call(int count, ulong seed, ChatOptions? options)
    {
        var tools = options?.Tools?.OfType<AIFunctionDeclaration>().ToList() ?? [];
        var calls = Enumerable.Range(0, count)
            .Select(index => tools.Count == 0
                ? (Name: NameWithoutTools, Arguments: """{"city":"Amsterdam"}""")
                : (tools[index % tools.Count].Name, Arguments: ArgumentsFor(tools[index % tools.Count].JsonSchema)))
            .ToList();
        for (var index = 0; index < count; index++)
        {
            yield return new ToolCallPiece(index, $"call_{seed:x16}_{index}", calls[index].Name, "");
        }

        for (var start = 0; start < calls.Max(call => call.Arguments.Length); start += PieceLength)
        {
            for (var index = 0; index < count; index++)
            {
                var arguments = calls[index].Arguments;
                if (start < arguments.Length)
                {
                    yield return new ToolCallPiece(index, null, null, arguments.Substring(start, Math.Min(PieceLength, arguments.Length - start)));
                }
            }
        }
    }

    /// <summary>What the model says when tools have answered.</summary>
    public static string AnswerTo(ChatMessage results)
    {
        var answers = results.Contents.OfType<FunctionResultContent>().Select(result => $"- `{result.CallId}`: {result.Result}");
        return $"## The tools have answered 🔧\n\n{string.Join('\n', answers)}";
    }

    private static string ArgumentsFor(JsonElement schema)
    {
        var arguments = new JsonObject();
        if (schema.ValueKind == JsonValueKind.Object
            && schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in properties.EnumerateObject())
            {
                arguments[property.Name] = ValueFor(property.Value);
            }
        }

        return arguments.ToJsonString();
    }

    private static JsonNode? ValueFor(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return "demo";
        }

        if (schema.TryGetProperty("enum", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0)
        {
            return JsonNode.Parse(choices[0].GetRawText());
        }

        return schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() switch
        {
            "integer" or "number" => 1,
            "boolean" => true,
            "array" => new JsonArray(),
            "object" => new JsonObject(),
            "null" => null,
            _ => "demo",
        } : "demo";
    }
}
