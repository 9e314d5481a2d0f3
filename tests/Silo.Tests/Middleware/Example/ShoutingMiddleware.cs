using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OrleansChat.Middleware;
using OrleansChat.Models;

namespace Example;

/// <summary>Has every model but the demo's shout.</summary>
public sealed class ShoutingMiddleware : IChatClientMiddleware
{
    /// <inheritdoc />
    public IChatClient Wrap(IChatClient inner, ModelInfo model) => model.Id == "demo" ? inner : new ShoutingClient(inner);

    private sealed class ShoutingClient(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken))
            {
                foreach (var text in update.Contents.OfType<TextContent>())
                {
                    text.Text = text.Text.ToUpperInvariant();
                }

                yield return update;
            }
        }
    }
}
