using System.Collections.Immutable;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Requests;

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Limit">How many items at most.</param>
/// <param name="After">The id of the item after which it starts; null for the beginning.</param>
/// <param name="NewestFirst">Whether the newest come first.</param>
/// <param name="WithSignatures">Whether what a model's provider wants back is told.</param>
internal sealed record Pages(int Limit, string? After, bool NewestFirst, bool WithSignatures)
{
    /// <summary>How many messages are read at once.</summary>
    public const int Most = Limits.Page;

    /// <summary>Reads the parameters of a list.</summary>
    /// <exception cref="Errors.InvalidRequestException">One of them is not what it should be.</exception>
    public static Pages Read(HttpRequest request, string? limit, string? after, string? order) => new(
        RequestReading.ReadLimit(limit),
        after,
        RequestReading.ReadChoice("order", order, true, ("asc", false), ("desc", true)),
        IncludesSignatures(request));

    /// <summary>Whether the caller asks for what a model's provider wants back.</summary>
    public static bool IncludesSignatures(HttpRequest request) =>
        request.Query.Any(pair => pair.Key.StartsWith("include", StringComparison.Ordinal) && pair.Value.Contains(ResponseNotes.Signatures));

    /// <summary>The page, of a list that is whole and in order.</summary>
    public (ImmutableArray<T> Items, bool HasMore)? Of<T>(IReadOnlyList<T> list, Func<T, string> idOf)
    {
        var start = 0;
        if (After is not null)
        {
            start = list.TakeWhile(item => idOf(item) != After).Count() + 1;
            if (start > list.Count)
            {
                return null;
            }
        }

        return ([.. list.Skip(start).Take(Limit)], list.Count - start > Limit);
    }
}
