using Orleans.Concurrency;
using OrleansChat.Conversations;

namespace OrleansChat.Attempts;

/// <summary>
/// Tells the repetitions of one request from requests that only look the same, for clients that repeat by themselves but give their
/// requests no names. The grain's key is <c>owner/fingerprint</c>. It keeps nothing durable: what it has forgotten it finds out from
/// the conversations that its names have led to: those that they created, or the one that all requests of this fingerprint go to.
/// </summary>
[Alias("OrleansChat.IAttemptsGrain")]
public interface IAttemptsGrain : IGrainWithStringKey
{
    /// <summary>
    /// The name of the request that a caller makes: a new one, or, of a repetition, that of the attempt before, up to ten minutes ago. Who repeats this very
    /// call, under the same id, gets the same answer.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="call">Tells this call from all others.</param>
    /// <param name="retry">Which repetition the client says it is: 0 for none, null where it does not count.</param>
    /// <param name="waited">
    /// Of a hasty client, which repeats a broken request at once: for how long this one has waited for a name. Null of all others.
    /// </param>
    /// <param name="conversation">The conversation that the request goes to; null where it creates one.</param>
    /// <returns>
    /// The name; null where it is to be asked for again in a moment: another hasty request waits for its answer, and if it has broken, this
    /// one is its repetition. Who has waited for half a second gets a name.
    /// </returns>
    [Alias("Begin"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<string?> Begin(OwnerId caller, string call, int? retry, TimeSpan? waited, ConversationId? conversation = null);

    /// <summary>An attempt was refused, and nothing has its name.</summary>
    /// <param name="caller">Who asked.</param>
    /// <param name="name">The attempt's name.</param>
    [Alias("Forget"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task Forget(OwnerId caller, string name);

    /// <summary>The attempt of a hasty client was answered.</summary>
    /// <param name="caller">Who asked.</param>
    /// <param name="name">The attempt's name.</param>
    [Alias("End"), AlwaysInterleave, ResponseTimeout(IConversationGrain.CallTimeout)]
    Task End(OwnerId caller, string name);

    /// <summary>
    /// An attempt ended without its answer, and a request that comes within a time and does not count repetitions is taken for one of it.
    /// </summary>
    /// <param name="caller">Who asked.</param>
    /// <param name="name">The attempt's name.</param>
    /// <param name="patience">How long to wait for the repetition.</param>
    /// <param name="isReplay">
    /// Whether what it was answered had ended before it came. Then it is waited no longer than it was before: who asks on gets another try some time.
    /// </param>
    [Alias("Lose"), AlwaysInterleave, ResponseTimeout(IConversationGrain.CallTimeout)]
    Task Lose(OwnerId caller, string name, TimeSpan patience, bool isReplay = false);
}
