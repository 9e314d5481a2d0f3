using System.Collections.Immutable;
using System.Text;
using OrleansChat.Contents;
using OrleansChat.Events;
using OrleansChat.Generation;

namespace OrleansChat.Conversations;

/// <summary>
/// How much was ever stored in a conversation: messages, and the bytes of what they and the conversation's attributes say. Grows only, as the journal does,
/// until the conversation is deleted.
/// </summary>
/// <param name="Messages">How many messages, on all branches, deleted ones too.</param>
/// <param name="Bytes">How many bytes (UTF-8).</param>
internal readonly record struct HistorySize(int Messages, long Bytes)
{
    /// <summary>Both together.</summary>
    public static HistorySize operator +(HistorySize one, HistorySize other) => new(one.Messages + other.Messages, one.Bytes + other.Bytes);

    /// <summary>Of a message that is no reply.</summary>
    public static HistorySize Of(MessageCreated e) =>
        new(1, BytesOf(e.Content) + BytesOf(e.Parts) + BytesOf(e.ToolResults) + BytesOf(e.ToolCalls) + BytesOf(e.Reasoning) + BytesOf(e.Refusal));

    /// <summary>Of messages that are brought along.</summary>
    public static HistorySize Of(ImmutableArray<PrecedingMessage> messages) => new(
        messages.Length,
        messages.Sum(e => BytesOf(e.Content) + BytesOf(e.Parts) + BytesOf(e.ToolResults) + BytesOf(e.ToolCalls) + BytesOf(e.Reasoning) + BytesOf(e.Refusal)));

    /// <summary>Of a message that waits, and becomes one when it is its turn.</summary>
    public static HistorySize Of(MessageQueued e) =>
        new(0, BytesOf(e.Content) + BytesOf(e.Parts) + BytesOf(e.ToolResults) + BytesOf(e.Options) + Of(e.Preceding ?? []).Bytes);

    /// <summary>Of a reply that starts.</summary>
    public static HistorySize Of(ReplyStarted e) => new(1, BytesOf(e.Options));

    /// <summary>Of what a reply has said in the end.</summary>
    public static HistorySize OfReply(Message reply) =>
        new(0, BytesOf(reply.Content) + BytesOf(reply.ToolCalls) + BytesOf(reply.Reasoning) + BytesOf(reply.Refusal));

    /// <summary>Of a message as it is told.</summary>
    public static HistorySize Of(Message message) => OfReply(message)
        + new HistorySize(1, BytesOf(message.Parts) + BytesOf(message.ToolResults) + BytesOf(message.Options));

    /// <summary>Of a conversation's attributes, each time that they are told.</summary>
    public static HistorySize Of(string? title, string? system, ImmutableSortedDictionary<string, string> metadata) =>
        new(0, BytesOf(title) + BytesOf(system) + metadata.Sum(pair => BytesOf(pair.Key) + BytesOf(pair.Value)));

    /// <summary>Of a turn, the reply without what it says.</summary>
    public static HistorySize Of(Turn turn) =>
        Of(turn.Preceding) + new HistorySize(turn.Again is null ? 2 : 1, BytesOf(turn.Content) + BytesOf(turn.Parts) + BytesOf(turn.ToolResults) + BytesOf(turn.Options));

    /// <summary>Of messages that are imported.</summary>
    public static HistorySize Of(ImmutableArray<ImportedMessage> messages) => new(
        messages.Length,
        messages.Sum(e =>
            BytesOf(e.Content) + BytesOf(e.Parts) + BytesOf(e.ToolResults) + BytesOf(e.ToolCalls) + BytesOf(e.Reasoning) + BytesOf(e.Refusal) + BytesOf(e.Options)));

    private static long BytesOf(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    private static long BytesOf(ImmutableArray<ContentPart>? parts) => (parts ?? []).Sum(part => BytesOf(part.Text) + BytesOf(part.Url));

    private static long BytesOf(ImmutableArray<ToolResult>? results) => (results ?? []).Sum(result => BytesOf(result.ToolCallId) + BytesOf(result.Content));

    private static long BytesOf(ImmutableArray<ToolCall>? calls) => (calls ?? []).Sum(call => BytesOf(call.Id) + BytesOf(call.Name) + BytesOf(call.Arguments));

    private static long BytesOf(ImmutableArray<ReasoningBlock>? blocks) => (blocks ?? []).Sum(block => BytesOf(block.Text) + BytesOf(block.Signature));

    // Schemas, instructions and notes; the rest is a few numbers.
    private static long BytesOf(GenerationOptions? options) => options is null
        ? 0
        : BytesOf(options.Instructions)
            + BytesOf(options.Notes?.Text)
            + BytesOf(options.ResponseFormat?.Description)
            + BytesOf(options.ResponseFormat?.Schema?.Text)
            + (options.Tools ?? []).Sum(tool => BytesOf(tool.Name) + BytesOf(tool.Description) + BytesOf(tool.Parameters?.Text));
}
