using System.Text.Json;
using Microsoft.Extensions.AI;

namespace OrleansChat.Usage;

/// <summary>Estimates how many tokens a prompt is; see <see cref="TokenCounter"/>.</summary>
internal static class PromptTokens
{
    /// <summary>What a message has beside what it says: its role, its beginning, its end.</summary>
    internal const int PerMessage = 4;

    /// <summary>An image. Providers ask from 85 to 1,600, by sizes that nobody knows here.</summary>
    internal const int PerImage = 1_000;

    /// <summary>The tokens of messages.</summary>
    public static long Of(IEnumerable<ChatMessage> messages) => messages.Sum(Of);

    /// <summary>The tokens of a message.</summary>
    public static long Of(ChatMessage message) => PerMessage + message.Contents.Sum(Of);

    /// <summary>The tokens of what stands beside the messages: the tools, and the schema that the answer is to have.</summary>
    public static long Of(ChatOptions? options)
    {
        var tools = options?.Tools?.Sum(tool => PerMessage + TokenCounter.Count(tool.Name) + TokenCounter.Count(tool.Description) + SchemaOf(tool)) ?? 0;
        return options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } ? tools + TokenCounter.Count(schema.GetRawText()) : tools;
    }

    private static long SchemaOf(AITool tool) =>
        tool is AIFunctionDeclaration { JsonSchema: { ValueKind: not JsonValueKind.Undefined } schema } ? TokenCounter.Count(schema.GetRawText()) : 0;

    private static long Of(AIContent content) => content switch
    {
        TextContent text => TokenCounter.Count(text.Text),
        TextReasoningContent reasoning => TokenCounter.Count(reasoning.Text),
        FunctionCallContent call => TokenCounter.Count(call.Name) + TokenCounter.Count(ArgumentsOf(call)),
        FunctionResultContent result => TokenCounter.Count(TextOf(result.Result)),
        DataContent or UriContent => PerImage,
        _ => 0,
    };

    // As the model wrote them, where that is known.
    private static string ArgumentsOf(FunctionCallContent call) =>
        call.AdditionalProperties?.GetValueOrDefault("arguments") as string ?? string.Join(' ', call.Arguments?.Select(pair => $"{pair.Key} {TextOf(pair.Value)}") ?? []);

    private static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        JsonElement json => json.GetRawText(),
        _ => value.ToString() ?? "",
    };
}
