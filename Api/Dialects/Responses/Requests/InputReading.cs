using System.Collections.Immutable;
using System.Text.Json;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Items;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Requests;

/// <summary>Reads items that callers bring along. Those of earlier answers come back as they were, so that properties without a meaning here are no error.</summary>
internal static class InputReading
{
    private const string Known = "\"message\", \"function_call\", \"function_call_output\", \"reasoning\" or \"item_reference\"";

    /// <summary>Reads a text, or a list of items; nothing where it is missing.</summary>
    /// <exception cref="Errors.InvalidRequestException">Something is not allowed; the message names it.</exception>
    public static ImmutableArray<InputItem> Read(JsonElement? input)
    {
        switch (input)
        {
            case null or { ValueKind: JsonValueKind.Null }:
                return [];
            case { ValueKind: JsonValueKind.String } text:
                Rules.Required("input", text.GetString(), Limits.Content);
                return [new InputItem.Said(new PastMessage(MessageRole.User, text.GetString()!))];
            case { ValueKind: JsonValueKind.Array } list:
                return Read("input", list, Limits.Messages);
            default:
                throw RequestReading.Invalid("'input' is a text, or a list of items.");
        }
    }

    /// <summary>Reads a list of items.</summary>
    /// <param name="property">The list's name.</param>
    /// <param name="list">The list.</param>
    /// <param name="most">How many items it may have.</param>
    public static ImmutableArray<InputItem> Read(string property, JsonElement list, int most)
    {
        if (list.GetArrayLength() > most)
        {
            throw RequestReading.Invalid($"'{property}' has {list.GetArrayLength()} items; {most} are allowed.");
        }

        return [.. list.EnumerateArray().Select((item, i) => ReadItem($"{property}[{i}]", item))];
    }

    private static InputItem ReadItem(string place, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            throw RequestReading.Invalid($"'{place}' is an item: an object with a type, {Known}.");
        }

        // Messages and references may come without their type.
        var type = item.TextOf("type") ?? (item.TryGetProperty("role", out _) ? "message" : item.TextOf("id") is not null ? "item_reference" : null);
        return type switch
        {
            "message" => new InputItem.Said(MessageReading.Read(place, item)),
            "function_call" => new InputItem.Called(ReadCall(place, item)),
            "function_call_output" => new InputItem.Answered(ReadOutput(place, item)),
            "reasoning" => new InputItem.Thought(ReadReasoning(place, item)),
            "item_reference" => ItemId.TryParse(item.TextOf("id"), out var id)
                ? new InputItem.Reference(id, $"{place}.id")
                : throw RequestReading.Invalid($"'{place}.id' is no id of an item that was made here."),
            _ => throw RequestReading.Invalid($"'{place}.type' is {Known}; {(type is null ? "it is missing" : $"\"{type}\" is not known here")}."),
        };
    }

    private static ToolCall ReadCall(string place, JsonElement item)
    {
        var (id, name, arguments) = (item.TextOf("call_id"), item.TextOf("name"), item.TextOf("arguments"));
        Rules.Required($"{place}.call_id", id, Limits.ToolCallId);
        Rules.Required($"{place}.name", name, Limits.ToolCallId);
        Rules.Optional($"{place}.arguments", arguments, Limits.ImportContent);
        return new ToolCall(id!, name!, arguments ?? "");
    }

    private static ToolResult ReadOutput(string place, JsonElement item)
    {
        var call = item.TextOf("call_id");
        Rules.Required($"{place}.call_id", call, Limits.ToolCallId);
        var output = MessageReading.TextOf($"{place}.output", item.TryGetProperty("output", out var found) ? found : default, "input_text", "output_text");
        return new ToolResult(call!, output);
    }

    // What a model's provider wants back holds for its thinking as it was told, be that the thinking itself or a summary.
    private static ReasoningBlock ReadReasoning(string place, JsonElement item)
    {
        var content = item.TryGetProperty("content", out var found) && found.ValueKind == JsonValueKind.Array && found.GetArrayLength() > 0
            ? MessageReading.TextOf($"{place}.content", found, "reasoning_text")
            : item.TryGetProperty("summary", out var summary) && summary.ValueKind == JsonValueKind.Array
                ? MessageReading.TextOf($"{place}.summary", summary, "summary_text")
                : "";
        return new ReasoningBlock(content, item.TextOf("encrypted_content"));
    }
}
