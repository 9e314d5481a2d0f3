using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using OrleansChat.Contents;
using OrleansChat.Models;

namespace OrleansChat.Conversations;

/// <summary>Makes what a model is asked from a conversation's history.</summary>
internal static class Prompt
{
    /// <summary>
    /// The system prompt, or what takes its place for the running reply, then every message that says something on the running reply's branch, which is not the active one where
    /// somebody has moved the head since; where no reply runs, on the active one. The partial text of a reply that failed, was cancelled
    /// or interrupted stays: the person has seen it and may refer to it. Last comes what the running reply has said already, if
    /// anything: a model that is able to continue takes a last message of its own for the beginning of its answer. Messages of the
    /// conversation carry their ids.
    /// </summary>
    public static List<ChatMessage> From(ConversationState state)
    {
        var branch = state.Reply is { } reply ? state.Messages.BranchTo(reply.Message) : state.Messages.ActiveBranch;
        var model = state.Reply?.Model;
        var prompt = new List<ChatMessage>(branch.Count + 2);
        if ((state.Reply?.Options?.Instructions ?? state.Conversation?.System) is { Length: > 0 } system)
        {
            prompt.Add(new ChatMessage(ChatRole.System, system));
        }

        ImmutableArray<ToolCall> asked = [];
        for (var i = 0; i < branch.Count; i++)
        {
            var message = state.Messages[branch[i]];
            if (message.Role != MessageRole.Tool)
            {
                asked = AnsweredCalls(state, branch, i);
            }

            if (ContentsOf(message, asked, model) is { Count: > 0 } contents)
            {
                prompt.Add(new ChatMessage(RoleOf(message.Role), contents) { MessageId = message.Id });
            }
        }

        if (state.ReplyText is { Length: > 0 } text)
        {
            prompt.Add(new ChatMessage(ChatRole.Assistant, text));
        }

        return prompt;
    }

    private static List<AIContent> ContentsOf(Message message, ImmutableArray<ToolCall> asked, string? model) => message switch
    {
        { Role: MessageRole.Assistant } => ReplyContents(message, asked, model),
        { ToolResults.IsEmpty: false } =>
        [
            .. message.ToolResults.Where(result => asked.Any(call => call.Id == result.ToolCallId))
                .Select(result => new FunctionResultContent(result.ToolCallId, result.Content)),
        ],
        { Parts.IsEmpty: false } => [.. message.Parts.Select(PartOf)],
        { Content.Length: > 0 } => [new TextContent(message.Content)],
        _ => [],
    };

    private static List<AIContent> ReplyContents(Message message, ImmutableArray<ToolCall> asked, string? model)
    {
        var contents = new List<AIContent>();

        // Thinking goes back where its own model wants it, which is only between the calls of tools and what comes of them. Who brings a message
        // along, which names no model, signed by one, goes on with that model.
        if (!asked.IsEmpty && (message.Model ?? model) == model)
        {
            foreach (var thought in message.Reasoning.Where(thought => thought.Signature is not null))
            {
                contents.Add(new TextReasoningContent(thought.Text) { ProtectedData = thought.Signature });
            }
        }

        if ((message.Content.Length > 0 ? message.Content : message.Refusal) is { Length: > 0 } said)
        {
            contents.Add(new TextContent(said));
        }

        contents.AddRange(asked.Select(ToolCallArguments.ToContent));
        return contents;
    }

    // Providers refuse a call without an answer, and an answer without a call: who did not wait for a tool has gone on without it.
    private static ImmutableArray<ToolCall> AnsweredCalls(ConversationState state, IReadOnlyList<int> branch, int index)
    {
        var calls = OpenCalls.Of(state.Messages[branch[index]]);
        if (calls.IsEmpty)
        {
            return [];
        }

        var answered = new HashSet<string>(StringComparer.Ordinal);
        while (++index < branch.Count && state.Messages[branch[index]] is { Role: MessageRole.Tool } answer)
        {
            answered.UnionWith(answer.ToolResults.Select(result => result.ToolCallId));
        }

        return [.. calls.Where(call => answered.Contains(call.Id))];
    }

    private static AIContent PartOf(ContentPart part)
    {
        if (part.Type == ContentPartType.Text)
        {
            return new TextContent(part.Text);
        }

        AIContent image = part.Url!.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            ? new DataContent(part.Url)
            : new UriContent(part.Url, part.MediaType ?? "image/*");
        if (part.Detail is not null)
        {
            image.AdditionalProperties = new AdditionalPropertiesDictionary { ["detail"] = part.Detail };
        }

        return image;
    }

    private static ChatRole RoleOf(MessageRole role) => role switch
    {
        MessageRole.User => ChatRole.User,
        MessageRole.Assistant => ChatRole.Assistant,
        MessageRole.System => ChatRole.System,
        _ => ChatRole.Tool,
    };
}
