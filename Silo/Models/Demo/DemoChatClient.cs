using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OrleansChat.Titles;

namespace OrleansChat.Models.Demo;

/// <summary>
/// A model that needs nothing: no key, no network, no weights. It answers the same conversation with the same pieces, at a
/// steady speed, and goes wrong when a message asks it to; see <see cref="DemoDirective"/>. Tokens are its pieces. An answer of its
/// own that stands at the end of the conversation is continued to what it would have been.
/// </summary>
/// <param name="tokensPerSecond">The speed where a message asks for no other.</param>
/// <param name="time">The clock.</param>
internal sealed class DemoChatClient(double tokensPerSecond, TimeProvider time) : StreamingChatClient(Metadata)
{
    /// <summary>Tells clients that this is no real model.</summary>
    public const string OwnedBy = "orleanschat-demo";

    private static readonly ChatClientMetadata Metadata = new(OwnedBy, providerUri: null, ModelProviders.Demo);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> conversation = [.. messages];
        if (TitlePrompt.Asks(conversation, out var exchange))
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, DemoTitle.Of(exchange)) { FinishReason = ChatFinishReason.Stop };
            yield break;
        }

        var reply = DemoReply.To(conversation);
        var directive = reply.Directive;
        var pieces = DemoContents.Of(reply, options);
        var limit = Math.Min(pieces.Length, options?.MaxOutputTokens ?? int.MaxValue);
        var after = Math.Min(directive.After, pieces.Length);
        var fault = after <= limit ? directive.Fault : DemoFault.None;
        var pace = new DemoPace(directive.Rate ?? tokensPerSecond, time);
        var tokens = 0;
        foreach (var piece in pieces.All.Take(fault == DemoFault.None ? limit : after).Skip(pieces.Said))
        {
            await pace.WaitForAsync(++tokens, cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, [piece]);
        }

        switch (fault)
        {
            case DemoFault.Stall:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
                break;
            case DemoFault.Error:
                throw new ModelException(ModelErrors.Error, "The demo model failed, as the message asked it to.");
            case DemoFault.Truncate:
                break;
            default:
                yield return End(conversation, tokens, limit < pieces.Length ? ChatFinishReason.Length : pieces.FinishReason);
                break;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // Holds nothing.
    }

    private static ChatResponseUpdate End(IReadOnlyList<ChatMessage> conversation, int tokens, ChatFinishReason reason)
    {
        var input = conversation.Sum(message => (long)DemoPieces.Count(message.Text));
        var usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = tokens, TotalTokenCount = input + tokens };
        return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(usage)]) { FinishReason = reason };
    }
}
