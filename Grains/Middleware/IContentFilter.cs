using Microsoft.Extensions.AI;
using OrleansChat.Models;

namespace OrleansChat.Middleware;

/// <summary>
/// Decides what may go to a model and come from it. Registered with <c>AddContentFilter</c>; all filters are asked, in the order of registration, until one
/// says no. A filter that throws fails the reply (<c>internal_error</c>): nothing goes by it. Called by many threads at once.
/// </summary>
public interface IContentFilter
{
    /// <summary>Asked before the model is: nothing has been said yet. By default everything may go to a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="messages">What it is going to be asked, the newest last.</param>
    /// <param name="cancellationToken">Nobody waits for the reply any more.</param>
    ValueTask<ContentVerdict> CheckInputAsync(ModelInfo model, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ContentVerdict.Allow);

    /// <summary>Asked once per reply for somebody to watch what the model says; null, the default, where nobody has to.</summary>
    /// <param name="model">The model.</param>
    /// <param name="messages">What it is asked.</param>
    IReplyFilter? WatchReply(ModelInfo model, IReadOnlyList<ChatMessage> messages) => null;
}
