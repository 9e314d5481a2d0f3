using System.Collections.Immutable;
using System.Text.Json;
using OrleansChat.Generation;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Requests;

/// <summary>Reads the functions that a model may call, and which of them it is to.</summary>
internal static class FunctionReading
{
    private const string ChoiceShape =
        "'tool_choice' is \"none\", \"auto\", \"required\", {\"type\": \"function\", \"name\"}, or {\"type\": \"allowed_tools\", \"mode\": \"auto\" | \"required\", \"tools\": [{\"type\": \"function\", \"name\"}, …]}.";

    /// <summary>Reads both. What is not allowed is left out of the functions.</summary>
    /// <exception cref="Errors.InvalidRequestException">There is another kind of tool, or of choice.</exception>
    public static (ImmutableArray<ToolDefinition>? Tools, ToolChoice? Choice) Read(ImmutableArray<FunctionBody> functions, JsonElement? choice)
    {
        var tools = ImmutableArray.CreateBuilder<ToolDefinition>(functions.Length);
        for (var i = 0; i < functions.Length; i++)
        {
            if (functions[i] is not { Type: "function", Name: { } name } function)
            {
                throw RequestReading.Invalid(
                    $"'tools[{i}]' is {{\"type\": \"function\", \"name\", \"description\"?, \"parameters\"?, \"strict\"?}}; a tool of another type ({functions[i]?.Type ?? "none"}) is nobody's here to carry out.");
            }

            tools.Add(new ToolDefinition(name, function.Description, function.Parameters?.Text == "null" ? null : function.Parameters, function.Strict));
        }

        var (mode, allowed) = ReadChoice(choice);
        if (allowed is not null)
        {
            var unknown = allowed.FirstOrDefault(name => tools.All(tool => tool.Name != name));
            if (unknown is not null)
            {
                throw RequestReading.Invalid($"'tool_choice.tools' has '{unknown}', which is none of 'tools'.");
            }

            tools.RemoveAll(tool => !allowed.Contains(tool.Name, StringComparer.Ordinal));
        }

        // To say how to choose from nothing is common, and harmless.
        return tools.Count == 0
            ? (null, mode is { Mode: ToolChoiceMode.Required or ToolChoiceMode.Named } ? mode : null)
            : (tools.ToImmutable(), mode);
    }

    private static (ToolChoice? Mode, IReadOnlyList<string>? Allowed) ReadChoice(JsonElement? choice)
    {
        switch (choice)
        {
            case null or { ValueKind: JsonValueKind.Null }:
                return (null, null);
            case { ValueKind: JsonValueKind.String } word:
                return (new ToolChoice(ModeOf(word.GetString())), null);
            case { ValueKind: JsonValueKind.Object } named when TextOf(named, "type") == "function" && TextOf(named, "name") is { } name:
                return (new ToolChoice(ToolChoiceMode.Named, name), null);
            case { ValueKind: JsonValueKind.Object } several when TextOf(several, "type") == "allowed_tools"
                && several.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Array && tools.GetArrayLength() > 0:
                return (new ToolChoice(ModeOf(TextOf(several, "mode") ?? "auto")), [.. tools.EnumerateArray().Select(NameOf)]);
            default:
                throw RequestReading.Invalid(ChoiceShape);
        }
    }

    private static string NameOf(JsonElement tool) =>
        tool.ValueKind == JsonValueKind.Object && TextOf(tool, "type") == "function" && TextOf(tool, "name") is { } name
            ? name
            : throw RequestReading.Invalid(ChoiceShape);

    private static ToolChoiceMode ModeOf(string? word) => word switch
    {
        "none" => ToolChoiceMode.None,
        "auto" => ToolChoiceMode.Auto,
        "required" => ToolChoiceMode.Required,
        _ => throw RequestReading.Invalid(ChoiceShape),
    };

    private static string? TextOf(JsonElement value, string property) =>
        value.TryGetProperty(property, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
