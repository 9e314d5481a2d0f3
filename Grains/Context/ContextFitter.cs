namespace OrleansChat.Context;

/// <summary>Fits a conversation to a window. Pure.</summary>
internal static class ContextFitter
{
    /// <summary>
    /// Keeps what is of the system and as many of the newest turns as fit. A turn is a message of the user and all that follows up to the next; whole
    /// turns go, oldest first. Turns between which a tool's call and its result would be separated stay or go together. The last turn always stays.
    /// With more room at least as much is kept.
    /// </summary>
    /// <param name="items">The messages, oldest first.</param>
    /// <param name="budget">How many tokens there is room for.</param>
    public static ContextFit Fit(IReadOnlyList<ContextItem> items, long budget)
    {
        var kept = items.Where(item => item.Role == ContextRole.System).Sum(item => item.Tokens);
        var linkedFrom = LinkedFrom(items);
        ContextFit? best = null;
        for (var start = items.Count - 1; start >= 0; start--)
        {
            if (items[start].Role != ContextRole.System)
            {
                kept += items[start].Tokens;
            }

            if (!IsCut(items, start, linkedFrom))
            {
                continue;
            }

            if (kept > budget)
            {
                return best ?? new ContextFit(start, kept, Fits: false);
            }

            best = new ContextFit(start, kept, Fits: true);
        }

        // Nothing but the system's, or nothing at all.
        return best ?? new ContextFit(0, kept, kept <= budget);
    }

    // A turn begins here, or the first one, and nothing after it belongs to a call before it.
    private static bool IsCut(IReadOnlyList<ContextItem> items, int index, int[] linkedFrom) =>
        linkedFrom[index] >= index
        && (items[index].Role == ContextRole.User
            || (items[index].Role == ContextRole.Other && items.Take(index).All(item => item.Role == ContextRole.System)));

    // For each message, the first one to which it or any after it is linked. A result belongs to the newest call of its id before it: some models
    // count their calls anew in each answer.
    private static int[] LinkedFrom(IReadOnlyList<ContextItem> items)
    {
        var calls = new Dictionary<string, int>(StringComparer.Ordinal);
        var linkedFrom = new int[items.Count];
        for (var i = 0; i < items.Count; i++)
        {
            linkedFrom[i] = i;
            foreach (var result in items[i].Results)
            {
                linkedFrom[i] = Math.Min(linkedFrom[i], calls.GetValueOrDefault(result, i));
            }

            foreach (var call in items[i].Calls)
            {
                calls[call] = i;
            }
        }

        for (var i = items.Count - 2; i >= 0; i--)
        {
            linkedFrom[i] = Math.Min(linkedFrom[i], linkedFrom[i + 1]);
        }

        return linkedFrom;
    }
}
