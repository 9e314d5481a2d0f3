using System.Collections.Immutable;
using System.Text.Json;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Errors;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Requests;

/// <summary>Reads messages that callers bring along.</summary>
internal static class MessageReading
{
    private const string PartShape =
        "{\"type\": \"input_text\", \"text\"} or {\"type\": \"input_image\", \"image_url\": https or data URL, \"detail\"?}; files and audio are not taken";

    /// <summary>Reads a message.</summary>
    /// <exception cref="InvalidRequestException">Something is not allowed; the message names it.</exception>
    public static PastMessage Read(string place, JsonElement item)
    {
        var content = item.TryGetProperty("content", out var found) ? found : default;
        return item.TextOf("role") switch
        {
            "user" => ReadUser($"{place}.content", content),
            "system" or "developer" => new PastMessage(MessageRole.System, TextOf($"{place}.content", content, "input_text", "text")),
            "assistant" => ReadAssistant($"{place}.content", content),
            _ => throw RequestReading.Invalid($"'{place}.role' is \"user\", \"system\", \"developer\" or \"assistant\"."),
        };
    }

    /// <summary>A text, or the text of a list of parts of some types.</summary>
    public static string TextOf(string place, JsonElement content, params ReadOnlySpan<string> types)
    {
        if (content.ValueKind == JsonValueKind.String)
        {
            Rules.Optional(place, content.GetString(), Limits.ImportContent);
            return content.GetString()!;
        }

        var texts = new List<string>();
        foreach (var part in content.ValueKind == JsonValueKind.Array ? content.EnumerateArray() : throw NoText(place, types))
        {
            var type = part.ValueKind == JsonValueKind.Object ? part.TextOf("type") : null;
            texts.Add(types.Contains(type) && part.TextOf("text") is { } text ? text
                : type is not null && !types.Contains(type) ? throw NoText(place, types, $" A part of the type \"{Repeated.Of(type)}\" is not taken there.")
                : throw NoText(place, types));
        }

        var whole = string.Join('\n', texts);
        Rules.Optional(place, whole, Limits.ImportContent);
        return whole;
    }

    private static PastMessage ReadUser(string place, JsonElement content)
    {
        if (content.ValueKind != JsonValueKind.Array)
        {
            var text = TextOf(place, content, "input_text");
            Rules.Required(place, text, Limits.Content);
            return new PastMessage(MessageRole.User, text);
        }

        var parts = ImmutableArray.CreateBuilder<ContentPart>();
        foreach (var part in content.EnumerateArray())
        {
            parts.Add((part.ValueKind == JsonValueKind.Object ? part.TextOf("type") : null) switch
            {
                "input_text" or "text" when part.TextOf("text") is { } text => new ContentPart(ContentPartType.Text, text),
                "input_image" when part.TextOf("image_url") is { } url => new ContentPart(ContentPartType.Image, Url: url, Detail: part.TextOf("detail")),
                _ => throw RequestReading.Invalid($"'{place}[{parts.Count}]' is {PartShape}."),
            });
        }

        var all = parts.ToImmutable();
        PartRules.Check(place, all, Limits.Content);
        return new PastMessage(MessageRole.User, PartRules.TextOf(all)) { Parts = PartRules.Beyond(all) };
    }

    private static PastMessage ReadAssistant(string place, JsonElement content)
    {
        if (content.ValueKind != JsonValueKind.Array)
        {
            return new PastMessage(MessageRole.Assistant, TextOf(place, content, "output_text"));
        }

        var (text, refusal) = ("", (string?)null);
        foreach (var part in content.EnumerateArray())
        {
            switch (part.ValueKind == JsonValueKind.Object ? part.TextOf("type") : null)
            {
                case "output_text" or "input_text" or "text":
                    text += part.TextOf("text");
                    break;
                case "refusal":
                    refusal += part.TextOf("refusal");
                    break;
                default:
                    throw RequestReading.Invalid($"'{place}' of an assistant has {{\"type\": \"output_text\", \"text\"}} or {{\"type\": \"refusal\", \"refusal\"}}.");
            }
        }

        Rules.Optional(place, text, Limits.ImportContent);
        Rules.Optional(place, refusal, Limits.ImportContent);
        return new PastMessage(MessageRole.Assistant, text) { Refusal = refusal };
    }

    private static InvalidRequestException NoText(string place, ReadOnlySpan<string> types, string more = "") =>
        RequestReading.Invalid($"'{place}' is a text, or a list of {{\"type\": \"{types[0]}\", \"text\"}}.{more}");
}
