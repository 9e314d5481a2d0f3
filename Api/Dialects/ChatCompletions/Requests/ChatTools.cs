using System.Collections.Immutable;
using System.Text.Json;
using OrleansChat.Errors;
using OrleansChat.Generation;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.ChatCompletions.Requests;

/// <summary>Reads the tools that a model may call, and which of them it is to.</summary>
internal static class ChatTools
{
    private const string ChoiceShape =
        "'tool_choice' is \"none\", \"auto\", \"required\", {\"type\": \"function\", \"function\": {\"name\"}}, or {\"type\": \"allowed_tools\", \"allowed_tools\": {\"mode\": \"auto\" | \"required\", \"tools\": [{\"type\": \"function\", \"function\": {\"name\"}}, …]}}.";

    /// <summary>Reads both. What is not allowed is left out of the tools.</summary>
    /// <exception cref="InvalidRequestException">There is another kind of tool, or of choice.</exception>
    public static (ImmutableArray<ToolDefinition>? Tools, ToolChoice? Choice) Read(ImmutableArray<ChatTool> given, JsonElement? wanted)
    {
        var tools = given.Select(DefinitionOf).ToList();
        var (choice, allowed) = ReadChoice(wanted);
        if (allowed is not null)
        {
            var unknown = allowed.FirstOrDefault(name => tools.All(tool => tool.Name != name));
            if (unknown is not null)
            {
                throw RequestReading.Invalid($"'tool_choice.allowed_tools.tools' has '{Repeated.Of(unknown)}', which is none of 'tools'.");
            }

            tools.RemoveAll(tool => !allowed.Contains(tool.Name, StringComparer.Ordinal));
        }

        // To say how to choose from nothing is common, and harmless.
        return tools.Count == 0
            ? (null, choice is { Mode: ToolChoiceMode.Required or ToolChoiceMode.Named } ? choice : null)
            : ([.. tools], choice);
    }

    private static ToolDefinition DefinitionOf(ChatTool tool, int i) => tool is { Type: "function", Function: { } function }
        ? function
        : throw RequestReading.Invalid($"'tools[{i}]' is {{\"type\": \"function\", \"function\": {{\"name\", \"description\"?, \"parameters\"?, \"strict\"?}}}}.");

    private static (ToolChoice? Choice, IReadOnlyList<string>? Allowed) ReadChoice(JsonElement? choice)
    {
        switch (choice)
        {
            case null or { ValueKind: JsonValueKind.Null }:
                return (null, null);
            case { ValueKind: JsonValueKind.String } word:
                return (new ToolChoice(ModeOf(word.GetString())), null);
            case { ValueKind: JsonValueKind.Object } named when NameOf(named) is { } name:
                return (new ToolChoice(ToolChoiceMode.Named, name), null);
            case { ValueKind: JsonValueKind.Object } several when TextOf(several, "type") == "allowed_tools"
                && several.TryGetProperty("allowed_tools", out var allowed) && allowed.ValueKind == JsonValueKind.Object
                && allowed.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Array && tools.GetArrayLength() > 0:
                return (new ToolChoice(ModeOf(TextOf(allowed, "mode") ?? "auto")), [.. tools.EnumerateArray().Select(tool => NameOf(tool) ?? throw Wrong())]);
            default:
                throw Wrong();
        }
    }

    // Null for what is no function.
    private static string? NameOf(JsonElement tool) =>
        tool.ValueKind == JsonValueKind.Object && TextOf(tool, "type") == "function"
        && tool.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object
            ? TextOf(function, "name")
            : null;

    private static ToolChoiceMode ModeOf(string? word) => word switch
    {
        "none" => ToolChoiceMode.None,
        "auto" => ToolChoiceMode.Auto,
        "required" => ToolChoiceMode.Required,
        _ => throw Wrong(),
    };

    private static string? TextOf(JsonElement value, string property) =>
        value.TryGetProperty(property, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static InvalidRequestException Wrong() => RequestReading.Invalid(ChoiceShape);
}
