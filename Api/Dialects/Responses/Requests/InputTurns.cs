using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Requests;

/// <summary>
/// Items as messages of a conversation: what a model thinks, says and calls in a row is one message, and so are the outputs of
/// functions in a row. After a call a model may go on to think and speak: that belongs to the message that calls, for answers follow it.
/// </summary>
internal static class InputTurns
{
    /// <summary>The messages, oldest first.</summary>
    /// <param name="items">The items; none of them a reference.</param>
    public static ImmutableArray<PastMessage> Of(ImmutableArray<InputItem> items)
    {
        var turns = new List<PastMessage>(items.Length);
        foreach (var item in items)
        {
            var last = turns.Count > 0 ? turns[^1] : null;
            if (Join(last, item) is { } joined)
            {
                turns[^1] = joined;
            }
            else
            {
                turns.Add(Begin(item));
            }
        }

        return [.. turns];
    }

    /// <summary>Divides messages into what comes before, and what is to be replied to.</summary>
    /// <exception cref="Errors.InvalidRequestException">The last one is the model's own.</exception>
    public static (ImmutableArray<PastMessage> Before, SendMessage Last) Divide(ImmutableArray<PastMessage> turns)
    {
        var last = turns[^1];
        if (last.Role == MessageRole.Assistant)
        {
            throw RequestReading.Invalid("'input' ends with what a model said, and there is nothing to reply to: it ends with a message of a user or the system, or with the output of a function.");
        }

        if (last.Role == MessageRole.System)
        {
            Rules.Required("input", last.Content, Limits.Content);
        }

        var message = new SendMessage(last.Content, null)
        {
            Role = last.Role == MessageRole.System ? MessageRole.System : MessageRole.User,
            Parts = last.Parts,
            ToolResults = last.ToolResults,
        };
        return (turns[..^1], message);
    }

    // Null where the item begins a message of its own.
    private static PastMessage? Join(PastMessage? last, InputItem item) => (last, item) switch
    {
        ({ Role: MessageRole.Tool }, InputItem.Answered next) => last with { ToolResults = last.ToolResults.Add(next.Result) },
        ({ Role: MessageRole.Assistant }, InputItem.Called next) => last with { ToolCalls = last.ToolCalls.Add(next.Call) },
        ({ Role: MessageRole.Assistant } own, InputItem.Thought next) when GoesOn(own) => own with { Reasoning = own.Reasoning.Add(next.Block) },
        ({ Role: MessageRole.Assistant } own, InputItem.Said { Message: { Role: MessageRole.Assistant } next }) when GoesOn(own) =>
            own with { Content = own.Content + next.Content, Refusal = next.Refusal is null ? own.Refusal : own.Refusal + next.Refusal },
        _ => null,
    };

    // Whether a model's message can have more than calls after what it has.
    private static bool GoesOn(PastMessage own) =>
        !own.ToolCalls.IsEmpty || own is { Content.Length: 0, Refusal: null, Reasoning.IsEmpty: false };

    private static PastMessage Begin(InputItem item) => item switch
    {
        InputItem.Said { Message: var message } => message,
        InputItem.Thought { Block: var block } => new PastMessage(MessageRole.Assistant, "") { Reasoning = [block] },
        InputItem.Called { Call: var call } => new PastMessage(MessageRole.Assistant, "") { ToolCalls = [call] },
        InputItem.Answered { Result: var result } => new PastMessage(MessageRole.Tool, "") { ToolResults = [result] },
        _ => throw new ArgumentException("A reference is no item.", nameof(item)),
    };
}
