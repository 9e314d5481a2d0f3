using Microsoft.Extensions.AI;
using OrleansChat.Models.OpenAI;

namespace OrleansChat.Models.Responses;

/// <summary>Makes updates of a response's events, over all connections that they come by.</summary>
internal sealed class ResponsesOutput
{
    // By the output's item; how many pieces of arguments came with it.
    private readonly Dictionary<int, Call> calls = [];
    private SurrogateJoiner pieces;
    private ResponsesEventKind last;
    private int lastItem;

    /// <summary>Whether the response has ended, however it did. Nothing that comes after that counts.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>What an event adds; null where it adds nothing.</summary>
    /// <exception cref="ModelException">The response failed, or somebody else cancelled it.</exception>
    public ChatResponseUpdate? Take(ResponsesEvent next)
    {
        switch (next.Kind)
        {
            case ResponsesEventKind.Text or ResponsesEventKind.Reasoning or ResponsesEventKind.Refusal or ResponsesEventKind.Arguments:
                return Add(next);
            case ResponsesEventKind.ItemAdded when next.IsCall:
                calls[next.Item] = new Call(calls.Count);
                return Update(new ToolCallPiece(calls[next.Item].Index, next.CallId, next.Name, ""));
            case ResponsesEventKind.ItemDone when next.IsCall && calls.TryGetValue(next.Item, out var call) && !call.HasArguments:
                // From a server that does not stream them.
                return string.IsNullOrEmpty(next.Arguments) ? null : Update(call.Piece(next.Arguments));
            case ResponsesEventKind.Completed:
                return End(next, calls.Count > 0 ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop);
            case ResponsesEventKind.Incomplete:
                return End(next, next.IncompleteReason == "content_filter" ? ChatFinishReason.ContentFilter : ChatFinishReason.Length);
            case ResponsesEventKind.Failed:
                HasEnded = true;
                throw UpstreamFaults.Reported(next.Error ?? new UpstreamError(null, null));
            case ResponsesEventKind.Cancelled:
                HasEnded = true;
                throw new ModelException(ModelErrors.Error, "The reply was cancelled at the model endpoint.");
            default:
                return null;
        }
    }

    private ChatResponseUpdate? Add(ResponsesEvent next)
    {
        if (next.Kind != last || next.Item != lastItem)
        {
            // Half a character does not go on in another text.
            pieces = default;
            (last, lastItem) = (next.Kind, next.Item);
        }

        var text = pieces.Add(next.Delta ?? "");
        return text.Length == 0 ? null : next.Kind switch
        {
            ResponsesEventKind.Text => Update(new TextContent(text)),
            ResponsesEventKind.Reasoning => Update(new TextReasoningContent(text)),
            ResponsesEventKind.Refusal => Update(new RefusalPiece(text)),
            _ => calls.TryGetValue(next.Item, out var call) ? Update(call.Piece(text)) : null,
        };
    }

    private ChatResponseUpdate End(ResponsesEvent end, ChatFinishReason reason)
    {
        HasEnded = true;
        List<AIContent> contents = last == ResponsesEventKind.Text && pieces.End() is { Length: > 0 } rest ? [new TextContent(rest)] : [];
        if (end.Usage is not null)
        {
            contents.Add(new UsageContent(end.Usage));
        }

        return new ChatResponseUpdate(ChatRole.Assistant, contents) { FinishReason = reason };
    }

    private static ChatResponseUpdate Update(AIContent content)
    {
        AIContent[] contents = [content];
        return new ChatResponseUpdate(ChatRole.Assistant, contents);
    }

    private sealed class Call(int index)
    {
        public int Index { get; } = index;

        public bool HasArguments { get; private set; }

        public ToolCallPiece Piece(string arguments)
        {
            HasArguments = true;
            return new ToolCallPiece(Index, callId: null, name: null, arguments);
        }
    }
}
