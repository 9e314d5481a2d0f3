using System.Collections.Immutable;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.ChatCompletions.Requests;

/// <summary>An exchange as a conversation has it: what was said before, and what is to be replied to.</summary>
/// <param name="History">What was said before, oldest first.</param>
/// <param name="Last">The last message; the answers of tools that come last are one message together.</param>
internal sealed record ChatPrompt(ImmutableArray<PastMessage> History, SendMessage Last)
{
    /// <summary>Reads and checks the messages of a request.</summary>
    /// <exception cref="Errors.InvalidRequestException">Something is not allowed; the message names it.</exception>
    public static ChatPrompt Of(ImmutableArray<ChatMessageBody> messages)
    {
        if (messages.Length is 0 or > Limits.Messages)
        {
            throw RequestReading.Invalid($"'messages' has {messages.Length} messages; 1 to {Limits.Messages} are allowed.");
        }

        var exchange = new List<PastMessage>(messages.Length);
        var calls = new OpenToolCalls();
        for (var i = 0; i < messages.Length; i++)
        {
            var place = $"messages[{i}]";
            var message = messages[i] ?? throw RequestReading.Invalid($"'{place}' is null; it takes a message.");
            if (message.Role == "tool")
            {
                AddResult(exchange, ToolResultOf(message, place, calls));
                continue;
            }

            calls.RequireAnswered(place);
            exchange.Add(message.Role switch
            {
                "system" or "developer" => new PastMessage(MessageRole.System, TextOf(message, place)),
                "user" => UserOf(message, place),
                "assistant" => AssistantOf(message, place, calls),
                _ => throw RequestReading.Invalid($"'{place}.role' is \"system\", \"developer\", \"user\", \"assistant\" or \"tool\"."),
            });
        }

        calls.RequireAnswered("messages");
        return new ChatPrompt([.. exchange.Take(exchange.Count - 1)], Ask(exchange[^1], $"messages[{messages.Length - 1}]"));
    }

    private static SendMessage Ask(PastMessage last, string place)
    {
        if (last.Role == MessageRole.Assistant)
        {
            throw RequestReading.Invalid($"'{place}.role' is \"assistant\", and the last message is the one to reply to.");
        }

        if (last is { Role: not MessageRole.Tool, Parts.IsEmpty: true })
        {
            Rules.Required($"{place}.content", last.Content, Limits.Content);
        }

        return new SendMessage(last.Content, null)
        {
            Role = last.Role == MessageRole.System ? MessageRole.System : MessageRole.User,
            Parts = last.Parts,
            ToolResults = last.ToolResults,
        };
    }

    private static PastMessage UserOf(ChatMessageBody message, string place)
    {
        if (message.Content is not { Text: null, Parts: var given })
        {
            return new PastMessage(MessageRole.User, TextOf(message, place));
        }

        var parts = ImmutableArray.CreateBuilder<ContentPart>(given.Length);
        for (var i = 0; i < given.Length; i++)
        {
            parts.Add(given[i] switch
            {
                { Type: "text", Text: { } text } => new ContentPart(ContentPartType.Text, text),
                { Type: "image_url", ImageUrl: { Url: { } url } image } => new ContentPart(ContentPartType.Image, Url: url, Detail: image.Detail),
                _ => throw RequestReading.Invalid(
                    $"'{place}.content[{i}]' is {{\"type\": \"text\", \"text\"}} or {{\"type\": \"image_url\", \"image_url\": {{\"url\", \"detail\"?}}}}; audio and files are not taken."),
            });
        }

        var all = parts.ToImmutable();
        PartRules.Check($"{place}.content", all, Limits.Content);
        return new PastMessage(MessageRole.User, PartRules.TextOf(all)) { Parts = PartRules.Beyond(all) };
    }

    private static PastMessage AssistantOf(ChatMessageBody message, string place, OpenToolCalls open)
    {
        var parts = message.Content?.Parts ?? [];
        var text = message.Content?.Text ?? string.Concat(parts.Where(part => part is { Type: "text" }).Select(part => part.Text));
        var refusal = message.Refusal ?? parts.FirstOrDefault(part => part is { Type: "refusal" })?.Refusal;
        var calls = open.Add(message.ToolCalls ?? [], place);
        if (message.Content is null && refusal is null && calls.IsEmpty)
        {
            throw RequestReading.Invalid($"'{place}' says nothing: it takes 'content', 'refusal' or 'tool_calls'.");
        }

        Rules.Optional($"{place}.content", text, Limits.ImportContent);
        Rules.Optional($"{place}.refusal", refusal, Limits.ImportContent);
        Rules.Optional($"{place}.reasoning_content", message.ReasoningContent, Limits.ImportContent);
        return new PastMessage(MessageRole.Assistant, text)
        {
            ToolCalls = calls,
            Refusal = refusal,
            Reasoning = string.IsNullOrEmpty(message.ReasoningContent) ? [] : [new ReasoningBlock(message.ReasoningContent)],
        };
    }

    private static ToolResult ToolResultOf(ChatMessageBody message, string place, OpenToolCalls calls)
    {
        Rules.Required($"{place}.tool_call_id", message.ToolCallId, Limits.ToolCallId);
        calls.Answer(message.ToolCallId!, place);
        return new ToolResult(message.ToolCallId!, TextOf(message, place));
    }

    private static void AddResult(List<PastMessage> exchange, ToolResult result)
    {
        if (exchange is [.., { Role: MessageRole.Tool } before])
        {
            exchange[^1] = before with { ToolResults = before.ToolResults.Add(result) };
        }
        else
        {
            exchange.Add(new PastMessage(MessageRole.Tool, "") { ToolResults = [result] });
        }
    }

    private static string TextOf(ChatMessageBody message, string place)
    {
        if (message.Content is not { } content || content.Parts.Any(part => part is not { Type: "text", Text: not null }))
        {
            throw RequestReading.Invalid($"'{place}.content' is a text, or a list of {{\"type\": \"text\", \"text\"}}.");
        }

        var text = content.Text ?? string.Join('\n', content.Parts.Select(part => part.Text));
        Rules.Optional($"{place}.content", text, Limits.Content);
        return text;
    }
}
