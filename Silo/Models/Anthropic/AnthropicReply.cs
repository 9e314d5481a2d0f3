using Microsoft.Extensions.AI;
using OrleansChat.Models.OpenAI;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.Anthropic;

/// <summary>
/// One streaming answer, read update by update. It succeeds with <c>message_stop</c> and nothing else: a stop reason alone may come from
/// a stream that was cut off behind it.
/// </summary>
/// <param name="events">The stream's events.</param>
/// <param name="trimmed">The white space that was taken off the end of the text to be continued; see <see cref="PrefillEnd"/>.</param>
internal sealed class AnthropicReply(EventReader<AnthropicEvent> events, string trimmed) : IAsyncDisposable
{
    private PrefillEnd prefill = new(trimmed);
    private SurrogateJoiner pieces;
    private AnthropicBlock? block;
    private AnthropicUsage usage;
    private string? stopReason;
    private int toolCalls;
    private bool hasInput;
    private bool hasEnded;

    /// <summary>The next update, or null after the last.</summary>
    /// <exception cref="ModelException">The endpoint failed before the reply had ended.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<ChatResponseUpdate?> ReadAsync()
    {
        if (hasEnded)
        {
            await events.CloseAsync();
            return null;
        }

        while (await events.MoveNextAsync())
        {
            if (Take(events.Current) is { } update)
            {
                return update;
            }
        }

        throw UpstreamFaults.Truncated();
    }

    /// <summary>Lets go of the response; one that has not ended is aborted.</summary>
    public ValueTask DisposeAsync() => events.DisposeAsync();

    private ChatResponseUpdate? Take(AnthropicEvent next)
    {
        usage = next.Usage.After(usage);
        stopReason = next.StopReason ?? stopReason;
        switch (next.Kind)
        {
            case AnthropicEventKind.Error:
                throw UpstreamFaults.Reported(next.Error ?? new UpstreamError(null, null));
            case AnthropicEventKind.BlockStart:
                (block, hasInput) = (next.Block, false);
                return Start(next);
            case AnthropicEventKind.BlockDelta:
                return Add(pieces.Add(next.Text ?? ""), next.Signature);
            case AnthropicEventKind.BlockStop:
                return Stop();
            case AnthropicEventKind.MessageStop:
                hasEnded = true;
                return new ChatResponseUpdate(ChatRole.Assistant, usage.ToDetails() is { } details ? [new UsageContent(details)] : [])
                {
                    FinishReason = AnthropicStopReasons.Map(stopReason),
                };
            default:
                return null;
        }
    }

    private ChatResponseUpdate? Start(AnthropicEvent start) => block switch
    {
        AnthropicBlock.ToolUse => Update(new ToolCallPiece(toolCalls++, start.CallId, start.ToolName, "")),
        AnthropicBlock.RedactedThinking => Update(ThinkingBlock.Redacted(start.Signature)),
        _ => Add(pieces.Add(start.Text ?? ""), start.Signature),
    };

    private ChatResponseUpdate? Add(string text, string? signature)
    {
        switch (block)
        {
            case AnthropicBlock.Text:
                text = prefill.Next(text);
                return text.Length == 0 ? null : Update(new TextContent(text));
            case AnthropicBlock.Thinking when !string.IsNullOrEmpty(signature):
                return Update(new TextReasoningContent(text) { ProtectedData = signature });
            case AnthropicBlock.Thinking:
                return text.Length == 0 ? null : Update(new TextReasoningContent(text));
            case AnthropicBlock.ToolUse when text.Length > 0:
                hasInput = true;
                return Update(new ToolCallPiece(toolCalls - 1, null, null, text));
            default:
                return null;
        }
    }

    private ChatResponseUpdate? Stop()
    {
        var rest = Add(pieces.End(), signature: null);

        // The input of a tool that takes none is not written at all; everywhere else it is an object.
        var update = block == AnthropicBlock.ToolUse && !hasInput ? Update(new ToolCallPiece(toolCalls - 1, null, null, "{}")) : rest;
        block = null;
        return update;
    }

    private static ChatResponseUpdate Update(AIContent content)
    {
        AIContent[] contents = [content];
        return new ChatResponseUpdate(ChatRole.Assistant, contents);
    }
}
