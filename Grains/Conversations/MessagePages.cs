using System.Collections.Immutable;

namespace OrleansChat.Conversations;

/// <summary>Cuts pages from the messages of a branch, or of all. Pure.</summary>
internal static class MessagePages
{
    // A page is held as a whole, by whoever carries it and by whoever waits for its reader.
    private const int MostBytes = 1024 * 1024;

    /// <summary>The page that a query asks for.</summary>
    public static MessagesResult Read(ConversationState state, MessagesQuery query)
    {
        var tree = state.Messages;
        if (query.Head is not null && tree.PositionOf(query.Head) < 0)
        {
            return new MessagesResult.UnknownMessage(query.Head);
        }

        var listed = query.AllBranches ? tree.All.ToList()
            : query.Head is null ? tree.ActiveBranch
            : tree.BranchTo(query.Head);
        var (from, to) = (0, listed.Count);
        if ((query.After ?? query.Before) is { } cursor)
        {
            // Positions rise along every branch.
            var place = Find(listed, tree.PositionOf(cursor));
            if (place < 0)
            {
                return new MessagesResult.UnknownMessage(cursor);
            }

            (from, to) = query.After is not null == query.NewestFirst ? (0, place) : (place + 1, listed.Count);
        }

        // A page is next to its cursor, or at the beginning of the order asked for.
        var hasMore = to - from > query.Limit;
        var atEnd = query.Before is null == query.NewestFirst;
        var (first, last) = !hasMore ? (from, to) : atEnd ? (to - query.Limit, to) : (from, from + query.Limit);
        // From where it begins, and in the end in the order asked for.
        var page = ImmutableArray.CreateBuilder<Message>(last - first);
        var bytes = 0L;
        for (var i = 0; i < last - first; i++)
        {
            var position = listed[atEnd ? last - 1 - i : first + i];
            var message = state.MessageAt(position) with { Siblings = tree.SiblingsOf(position) };
            bytes += HistorySize.Of(message).Bytes;
            if (bytes > MostBytes && page.Count > 0)
            {
                hasMore = true;
                break;
            }

            page.Add(message);
        }

        if (query.NewestFirst != atEnd)
        {
            page.Reverse();
        }

        return new MessagesResult.Page(page.ToImmutable(), hasMore, tree.Head);
    }

    /// <summary>One message, as on a page; null when there is none with this id.</summary>
    public static Message? Find(ConversationState state, string id) => state.Messages.PositionOf(id) is >= 0 and var position
        ? state.MessageAt(position) with { Siblings = state.Messages.SiblingsOf(position) }
        : null;

    private static int Find(IReadOnlyList<int> listed, int position)
    {
        var (low, high) = (0, listed.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (listed[middle] == position)
            {
                return middle;
            }

            (low, high) = listed[middle] < position ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}
