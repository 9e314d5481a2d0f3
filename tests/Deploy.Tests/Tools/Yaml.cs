using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OrleansChat.Deploy.Tests.Tools;

/// <summary>Reads YAML as the JSON that it stands for.</summary>
internal static class Yaml
{
    /// <summary>The objects of a text, one for each of its documents. Aliases and merge keys are resolved.</summary>
    public static IReadOnlyList<JsonObject> Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new MergingParser(new Parser(new StringReader(text))));
        return [.. stream.Documents.Select(document => (JsonObject)Convert(document.RootNode)!)];
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(child =>
            KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Convert(child.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => ConvertPlain(scalar.Value),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new InvalidDataException($"{node} is neither mapping, sequence nor scalar."),
    };

    private static JsonNode? ConvertPlain(string? value) => value switch
    {
        null or "" or "null" or "~" => null,
        "true" => true,
        "false" => false,
        _ => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : value,
    };
}
