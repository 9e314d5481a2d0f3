using Microsoft.Extensions.AI;
using OrleansChat.Conversations;

namespace OrleansChat.Replies;

/// <summary>What a reply that its provider goes on producing is read on with.</summary>
/// <param name="Token">Names the provider's response.</param>
/// <param name="Told">What the journal has of it.</param>
internal sealed record Reattachment(ResponseContinuationToken Token, Message Told)
{
    /// <summary>Reads a token out of the journal, where it is Base64.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static ResponseContinuationToken Read(string token) => ResponseContinuationToken.FromBytes(Convert.FromBase64String(token));

    /// <summary>Writes a token for the journal.</summary>
    public static string Write(ResponseContinuationToken token) => Convert.ToBase64String(token.ToBytes().Span);
}
