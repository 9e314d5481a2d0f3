using System.Collections.Immutable;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Errors;
using OrleansChat.Limiting;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Turns;

/// <summary>
/// A response starts when all functions have answered that were called, or not at all. A conversation would keep some of the answers and wait
/// for the others, which this dialect has no words for.
/// </summary>
internal static class CallAnswers
{
    /// <summary>The calls of a message that wait for an answer; null where that is not known, as others than it have a say.</summary>
    public static ImmutableArray<ToolCall>? CallsOf(Message? message) => message switch
    {
        { Role: MessageRole.Assistant, Status: MessageStatus.Completed, FinishReason: not ("length" or "content_filter" or FinishReason.Budget) } => message.ToolCalls,
        { Role: MessageRole.Tool } or { Status: MessageStatus.InProgress } => null,
        _ => [],
    };

    /// <summary>Checks the answers among messages.</summary>
    /// <param name="open">The calls that wait before them; null where that is not known.</param>
    /// <param name="turns">The messages.</param>
    /// <exception cref="Errors.InvalidRequestException">There is one too many, or too few.</exception>
    public static void Check(ImmutableArray<ToolCall>? open, ImmutableArray<PastMessage> turns)
    {
        foreach (var turn in turns)
        {
            if (turn.Role != MessageRole.Tool)
            {
                open = turn.ToolCalls;
                continue;
            }

            foreach (var result in turn.ToolResults)
            {
                if (open is { } calls && calls.All(call => call.Id != result.ToolCallId))
                {
                    throw RequestReading.Invalid($"'input' has the output of a function for the call '{Repeated.Of(result.ToolCallId)}', and nobody waits for that.");
                }

                open = open?.RemoveAll(call => call.Id == result.ToolCallId);
            }
        }

        if (turns[^1].Role == MessageRole.Tool && open is [var missing, ..])
        {
            throw RequestReading.Invalid($"'input' has no output of a function for the call '{missing.Id}'.");
        }
    }
}
