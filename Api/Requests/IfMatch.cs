using System.Collections.Immutable;
using Microsoft.Net.Http.Headers;
using OrleansChat.Conversations;

namespace OrleansChat.Requests;

/// <summary>
/// The header <c>If-Match</c> (RFC 9110, section 13.1.1) on requests that depend on a conversation's head. The entity tag is the
/// head's id in quotes.
/// </summary>
/// <param name="Heads">The heads with which the request may be carried out; empty where any will do.</param>
internal readonly record struct IfMatch(ImmutableArray<string> Heads)
{
    /// <summary>Reads the header.</summary>
    /// <exception cref="Errors.InvalidRequestException">It is not a list of entity tags.</exception>
    public static IfMatch Read(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return new IfMatch([]);
        }

        if (!EntityTagHeaderValue.TryParseStrictList(header, out var tags) || tags is null || tags.Count == 0)
        {
            throw RequestReading.Invalid("The header 'If-Match' is the id of the head in double quotes, or *.");
        }

        // A weak tag matches nothing here, as the RFC has it; no head is called by the empty text.
        return tags.Any(tag => tag.Tag == "*")
            ? new IfMatch([])
            : new IfMatch([.. tags.Select(tag => tag.IsWeak ? "" : tag.Tag.Subsegment(1, tag.Tag.Length - 2).ToString())]);
    }

    /// <summary>Tells the caller the head, to be sent back as <c>If-Match</c>.</summary>
    /// <param name="response">The response.</param>
    /// <param name="head">The head's id; null where there is no message.</param>
    public static void Tell(HttpResponse response, string? head) => response.Headers.ETag = $"\"{head ?? Conversation.NoHead}\"";
}
