using System.Collections.Immutable;
using System.Text.Json;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Chunks;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.AiSdk.Messages;

/// <summary>What messages of clients are here. Parts that no model is shown, such as sources and data, are left out.</summary>
internal static class UiContent
{
    private const string ImagePrefix = "image/";

    /// <summary>What a user, or the system, says: text and images.</summary>
    /// <param name="message">The message.</param>
    /// <param name="place">Where it stands, for whoever got it wrong.</param>
    /// <exception cref="Errors.InvalidRequestException">It says nothing, or what is not allowed.</exception>
    public static PastMessage Said(UiMessage message, string place)
    {
        var parts = ImmutableArray.CreateBuilder<ContentPart>();
        for (var i = 0; i < message.Parts!.Count; i++)
        {
            switch (message.Parts[i])
            {
                case { Type: "text", Text: { } text }:
                    parts.Add(new ContentPart(ContentPartType.Text, text));
                    break;
                case { Type: "file" } file:
                    parts.Add(ImageOf(file, $"{place}.parts[{i}]"));
                    break;
            }
        }

        var all = parts.ToImmutable();
        PartRules.Check($"{place}.parts", all, Limits.Content);
        var role = message.Role == "system" ? MessageRole.System : MessageRole.User;
        return new PastMessage(role, PartRules.TextOf(all)) { Parts = PartRules.Beyond(all) };
    }

    /// <summary>A client's message, as one or more of ours: of a model's, each step is one, and what tools answered to it another.</summary>
    public static IEnumerable<PastMessage> All(UiMessage message, string place) =>
        message.IsAssistant ? StepsOf(message.Parts!).SelectMany(Step) : [Said(message, place)];

    /// <summary>What tools have answered in the last step of a model's message.</summary>
    public static ImmutableArray<ToolResult> LastResults(UiMessage message) =>
        [.. StepsOf(message.Parts!).LastOrDefault(step => step.Any(part => part.CalledTool is not null))?.Select(ResultOf).OfType<ToolResult>() ?? []];

    private static ContentPart ImageOf(UiPart file, string place)
    {
        if (file.Url is null || file.MediaType?.StartsWith(ImagePrefix, StringComparison.Ordinal) != true)
        {
            throw RequestReading.Invalid($"'{place}' is a file that models here are not shown: it takes a 'mediaType' of image/png, image/jpeg, image/gif or image/webp, and a 'url'.");
        }

        return new ContentPart(ContentPartType.Image, Url: file.Url, MediaType: file.MediaType == $"{ImagePrefix}*" ? null : file.MediaType);
    }

    private static IEnumerable<IReadOnlyList<UiPart>> StepsOf(IReadOnlyList<UiPart> parts)
    {
        var step = new List<UiPart>();
        foreach (var part in parts)
        {
            if (part.Type != "step-start")
            {
                step.Add(part);
            }
            else if (step.Count > 0)
            {
                yield return step;
                step = [];
            }
        }

        if (step.Count > 0)
        {
            yield return step;
        }
    }

    private static IEnumerable<PastMessage> Step(IReadOnlyList<UiPart> step)
    {
        var texts = step.Where(part => part.Type == "text").ToLookup(part => part.Mark(StepParts.RefusalMark).ValueKind == JsonValueKind.True, part => part.Text);
        var said = new PastMessage(MessageRole.Assistant, string.Concat(texts[false]))
        {
            Reasoning = [.. step.Where(part => part.Type == "reasoning").Select(ThoughtOf)],
            Refusal = texts.Contains(true) ? string.Concat(texts[true]) : null,
            ToolCalls = [.. step.Select(CallOf).OfType<ToolCall>()],
        };
        if (said is { Content.Length: > 0 } or { Refusal: not null } || !said.ToolCalls.IsEmpty)
        {
            yield return said;
        }

        if (step.Select(ResultOf).OfType<ToolResult>().ToImmutableArray() is { IsEmpty: false } results)
        {
            yield return new PastMessage(MessageRole.Tool, "") { ToolResults = results };
        }
    }

    private static ReasoningBlock ThoughtOf(UiPart part)
    {
        var signature = part.Mark(StepParts.SignatureMark);
        return new ReasoningBlock(part.Text ?? "", signature.ValueKind == JsonValueKind.String ? signature.GetString() : null);
    }

    private static ToolCall? CallOf(UiPart part) =>
        part is { CalledTool: { } tool, ToolCallId: { } id } && part.State != "input-streaming"
            ? new ToolCall(id, tool, part.Input is null ? "{}" : JsonText.OfOutput(part.Input))
            : null;

    private static ToolResult? ResultOf(UiPart part) =>
        part is { CalledTool: not null, ToolCallId: { } id, Outcome: { } outcome } ? new ToolResult(id, outcome) : null;
}
