using Microsoft.Extensions.AI;

namespace OrleansChat.Models;

/// <summary>
/// What a model's client offers, by <see cref="IChatClient.GetService"/>, where its provider goes on producing a response that nobody
/// reads: cancelling the request only stops the reading.
/// </summary>
public interface IBackgroundResponses
{
    /// <summary>Has the provider stop. A response that has ended, or that the provider does not know any more, is stopped already.</summary>
    /// <param name="response">A token of the response, as its updates carried it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ModelException">The provider could not be told.</exception>
    Task StopAsync(ResponseContinuationToken response, CancellationToken cancellationToken);
}
