using Microsoft.Extensions.AI;
using OrleansChat.Models;

namespace OrleansChat.Middleware;

/// <summary>
/// Wraps the client of every configured model when a silo starts, and again when the configuration of its models has changed: for what is to
/// happen with each reply of a model, whoever asks for it, and whichever of its endpoints or fallbacks answers. Registered with <c>AddChatClientMiddleware</c>; what is registered first is outermost.
/// </summary>
public interface IChatClientMiddleware
{
    /// <summary>
    /// Wraps a client, most easily in a class derived from <see cref="DelegatingChatClient"/>. What <see cref="Model.Client"/> promises of a stream
    /// the wrapper has to keep: pieces as they come, a finish reason only where the model has ended, <see cref="ModelException"/> for every fault,
    /// and nothing left running when the reader leaves. Only the streaming method is called. It is called by many threads at once.
    /// </summary>
    /// <param name="inner">
    /// The client, which the wrapper disposes of when it is disposed of itself: as the silo stops. One that a changed configuration has replaced is not,
    /// as replies may still run through it.
    /// </param>
    /// <param name="model">Whose client it is.</param>
    /// <returns>The wrapper, or <paramref name="inner"/> itself where this model does not need one.</returns>
    IChatClient Wrap(IChatClient inner, ModelInfo model);
}
