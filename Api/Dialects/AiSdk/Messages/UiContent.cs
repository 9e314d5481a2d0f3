using System.Collections.Immutable;
using System.Text.Json;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Chunks;
using OrleansChat.Errors;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.AiSdk.Messages;

/// <summary>What messages of clients are here. Parts that no model is shown, such as sources and data, are left out.</summary>
internal static class UiContent
{
    private const string ImagePrefix = "image/";

    /// <summary>What a user, or the system, says: text and images.</summary>
    /// <param name="message">The message.</param>
    /// <param name="place">Where it stands, for whoever got it wrong.</param>
    /// <exception cref="InvalidRequestException">It says nothing, or what is not allowed.</exception>
    public static PastMessage Said(UiMessage message, string place)
    {
        var parts = PartsOf(message, place).ToImmutableArray();
        PartRules.Check($"{place}.parts", parts, Limits.Content);
        return SaidOf(message, parts);
    }

    /// <summary>
    /// What a user, or the system, said before: clients keep a message that was refused, and send it with all that follow. What was
    /// refused of it is left out. Null where nothing is left, or was ever said.
    /// </summary>
    /// <param name="message">The message.</param>
    public static PastMessage? SaidBefore(UiMessage message)
    {
        var texts = message.Parts!.Where(part => part is { Type: "text", Text: not null }).Sum(part => (long)part.Text!.Length);
        var kept = new List<ContentPart>();
        foreach (var part in PartsOf(message, null).Where(part => part.Type == ContentPartType.Text ? texts <= Limits.Content : IsAllowed(part)))
        {
            if (kept.Count < Limits.Parts && (part.Type == ContentPartType.Text || kept.Count(other => other.Type == part.Type) < Limits.Images))
            {
                kept.Add(part);
            }
        }

        ImmutableArray<ContentPart> all = [.. kept];
        return IsAllowed(all) ? SaidOf(message, all) : null;
    }

    /// <summary>
    /// A client's earlier message, as any number of ours: of a model's, each step is one, and what tools answered to it another; of others',
    /// <see cref="SaidBefore"/>.
    /// </summary>
    public static IEnumerable<PastMessage> All(UiMessage message) =>
        message.IsAssistant ? StepsOf(message.Parts!).SelectMany(Step)
        : SaidBefore(message) is { } said ? [said]
        : [];

    /// <summary>What tools have answered in the last step of a model's message.</summary>
    public static ImmutableArray<ToolResult> LastResults(UiMessage message) =>
        [.. StepsOf(message.Parts!).LastOrDefault(step => step.Any(part => part.CalledTool is not null))?.Select(ResultOf).OfType<ToolResult>() ?? []];

    // Files that are no images are left out where they have no place.
    private static IEnumerable<ContentPart> PartsOf(UiMessage message, string? place)
    {
        for (var i = 0; i < message.Parts!.Count; i++)
        {
            var part = message.Parts[i];
            if (part is { Type: "text", Text: { } text })
            {
                yield return new ContentPart(ContentPartType.Text, text);
            }
            else if (part.Type == "file" && (place is not null || IsImage(part)))
            {
                yield return ImageOf(part, $"{place}.parts[{i}]");
            }
        }
    }

    private static PastMessage SaidOf(UiMessage message, ImmutableArray<ContentPart> parts) =>
        new(message.Role == "system" ? MessageRole.System : MessageRole.User, PartRules.TextOf(parts)) { Parts = PartRules.Beyond(parts) };

    private static bool IsAllowed(params ImmutableArray<ContentPart> parts)
    {
        try
        {
            PartRules.Check("parts", parts, Limits.Content);
            return true;
        }
        catch (InvalidRequestException)
        {
            return false;
        }
    }

    private static bool IsImage(UiPart file) => file.Url is not null && file.MediaType?.StartsWith(ImagePrefix, StringComparison.Ordinal) == true;

    private static ContentPart ImageOf(UiPart file, string place)
    {
        if (!IsImage(file))
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
