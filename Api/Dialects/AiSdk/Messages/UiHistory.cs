using System.Text.Json;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Chunks;

namespace OrleansChat.Dialects.AiSdk.Messages;

/// <summary>A branch as the messages that the AI SDK's clients keep: a reply, what its tools answered and the next reply are one.</summary>
internal static class UiHistory
{
    private const string DataScheme = "data:";

    /// <summary>The messages of a branch, oldest first, without the one that a running reply belongs to.</summary>
    public static IReadOnlyList<UiMessage> Of(ConversationId conversation, IReadOnlyList<Message> branch)
    {
        var messages = new List<UiMessage>();
        for (var i = 0; i < branch.Count;)
        {
            if (branch[i].Role is MessageRole.User or MessageRole.System)
            {
                messages.Add(Said(conversation, branch[i++]));
                continue;
            }

            var steps = branch.Skip(i).TakeWhile(message => message.Role is MessageRole.Assistant or MessageRole.Tool).ToList();
            i += steps.Count;
            if (steps.TrueForAll(step => step.Status != MessageStatus.InProgress))
            {
                messages.Add(Replied(conversation, steps));
            }
        }

        return messages;
    }

    private static UiMessage Said(ConversationId conversation, Message message) => new()
    {
        Id = ReplyId.Of(UiReply.MessagePrefix, conversation, message.Id),
        Role = message.Role == MessageRole.System ? "system" : "user",
        Parts = message.Parts.IsEmpty ? [new UiPart { Type = "text", Text = message.Content }] : [.. message.Parts.Select(PartOf)],
    };

    private static UiPart PartOf(ContentPart part) => part.Type == ContentPartType.Text
        ? new UiPart { Type = "text", Text = part.Text }
        : new UiPart { Type = "file", Url = part.Url, MediaType = part.MediaType ?? TypeIn(part.Url!) ?? "image/*" };

    private static string? TypeIn(string url) =>
        url.StartsWith(DataScheme, StringComparison.OrdinalIgnoreCase) ? url[DataScheme.Length..url.IndexOf(';', StringComparison.Ordinal)] : null;

    private static UiMessage Replied(ConversationId conversation, List<Message> steps)
    {
        var answers = steps.SelectMany(step => step.ToolResults).ToLookup(result => result.ToolCallId, result => result.Content, StringComparer.Ordinal);
        var newest = steps.FindLast(step => step.Role == MessageRole.Assistant) ?? steps[^1];
        return new UiMessage
        {
            Id = ReplyId.Of(UiReply.MessagePrefix, conversation, steps[0].Id),
            Role = "assistant",
            Parts = [.. steps.Where(step => step.Role == MessageRole.Assistant).SelectMany(step => StepOf(step, answers))],
            Metadata = JsonText.Written(json =>
            {
                json.WriteStartObject();
                UiMetadata.WriteStart(json, ReplyId.Of(UiReply.MessagePrefix, conversation, newest.Id), newest.Model, newest.CreatedAt);
                UiMetadata.WriteEnd(json, newest.FinishReason, newest.AnsweredBy, newest.Usage);
                json.WriteEndObject();
            }),
        };
    }

    private static IEnumerable<UiPart> StepOf(Message step, ILookup<string, string> answers)
    {
        yield return new UiPart { Type = "step-start" };
        foreach (var block in step.Reasoning)
        {
            yield return new UiPart { Type = "reasoning", Text = block.Text, State = "done", ProviderMetadata = MarkOf(StepParts.SignatureMark, block.Signature) };
        }

        if (step.Content.Length > 0)
        {
            yield return new UiPart { Type = "text", Text = step.Content, State = "done" };
        }

        if (step.Refusal is not null)
        {
            yield return new UiPart { Type = "text", Text = step.Refusal, State = "done", ProviderMetadata = MarkOf(StepParts.RefusalMark, true) };
        }

        // Of a reply that broke off nobody knows what it was about to call.
        foreach (var call in step.Status == MessageStatus.Completed ? step.ToolCalls : [])
        {
            yield return CallOf(call, answers[call.Id].LastOrDefault());
        }
    }

    private static UiPart CallOf(ToolCall call, string? answer)
    {
        var error = answer is null ? null : JsonText.ErrorIn(answer);
        return new UiPart
        {
            Type = $"tool-{call.Name}",
            ToolCallId = call.Id,
            State = error is not null ? "output-error" : answer is not null ? "output-available" : "input-available",
            Input = JsonText.Input(call.Arguments),
            Output = error is null && answer is not null ? JsonText.Output(answer) : null,
            ErrorText = error,
        };
    }

    private static JsonElement? MarkOf(string name, object? mark) => mark is null ? null : JsonText.Written(json =>
    {
        json.WriteStartObject();
        StepParts.WriteMark(json, name, mark);
        json.WriteEndObject();
    });
}
