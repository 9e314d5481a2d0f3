using System.Text.Json;

namespace OrleansChat.Api.Tests.Documentation;

/// <summary>Checks JSON against the part of JSON Schema that the document uses; a keyword that it does not know is an error.</summary>
internal sealed class JsonSchema(JsonElement document)
{
    private static readonly HashSet<string> Known =
    [
        "$ref", "type", "properties", "required", "items", "additionalProperties", "enum", "oneOf", "anyOf", "format", "pattern", "description", "default",
    ];

    /// <summary>What is wrong with a value; empty when nothing is.</summary>
    public IEnumerable<string> Errors(JsonElement schema, JsonElement value, string path = "$")
    {
        foreach (var keyword in schema.EnumerateObject().Where(keyword => !Known.Contains(keyword.Name)))
        {
            yield return $"{path}: the schema has '{keyword.Name}', which this test does not know";
        }

        foreach (var error in Own(schema, value, path))
        {
            yield return error;
        }
    }

    private IEnumerable<string> Own(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            return Errors(Resolve(reference.GetString()!), value, path);
        }

        foreach (var choice in new[] { "oneOf", "anyOf" })
        {
            if (schema.TryGetProperty(choice, out var choices))
            {
                var fitting = choices.EnumerateArray().Count(each => !Errors(each, value, path).Any());
                return fitting == 1 || (fitting > 1 && choice == "anyOf") ? [] : [$"{path}: {fitting} of its schemas fit"];
            }
        }

        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(each => JsonElement.DeepEquals(each, value)))
        {
            return [$"{path}: {value} is none of {values}"];
        }

        if (schema.TryGetProperty("type", out var type) && !TypesOf(type).Any(each => Is(each, value)))
        {
            return [$"{path}: {value} is no {type}"];
        }

        return value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(schema, value, path),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) =>
                value.EnumerateArray().SelectMany((item, i) => Errors(items, item, $"{path}[{i}]")),
            _ => [],
        };
    }

    private IEnumerable<string> OfObject(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)))
            {
                yield return $"{path}: '{name}' is missing";
            }
        }

        var properties = schema.TryGetProperty("properties", out var known) ? known : default;
        foreach (var property in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(property.Name, out var own))
            {
                foreach (var error in Errors(own, property.Value, $"{path}.{property.Name}"))
                {
                    yield return error;
                }
            }
            else if (schema.TryGetProperty("additionalProperties", out var other) && other.ValueKind == JsonValueKind.Object)
            {
                foreach (var error in Errors(other, property.Value, $"{path}.{property.Name}"))
                {
                    yield return error;
                }
            }
        }
    }

    private JsonElement Resolve(string reference)
    {
        var found = document;
        foreach (var part in reference.TrimStart('#', '/').Split('/'))
        {
            found = found.GetProperty(part);
        }

        return found;
    }

    private static IEnumerable<string> TypesOf(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(each => each.GetString()!) : [type.GetString()!];

    private static bool Is(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => false,
    };
}
