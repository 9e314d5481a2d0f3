using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Search;

namespace OrleansChat.Storage.PostgreSql.Searching;

/// <summary>What a part of a journal changes in the search table.</summary>
/// <param name="Whole">The rows of what is whole since then.</param>
/// <param name="Deleted">The ids of messages that are gone; none of them has one of the rows.</param>
internal sealed record SearchRows(IReadOnlyList<SearchRow> Whole, IReadOnlyList<string> Deleted)
{
    /// <summary>Nothing changes.</summary>
    public static readonly SearchRows None = new([], []);

    /// <summary>What was appended since the last time, which begins and ends outside any reply.</summary>
    public static SearchRows From(OwnerId owner, EventBlock news)
    {
        var (rows, deleted) = (new List<SearchRow>(), new List<string>());
        var texts = new MessageTexts();
        SearchRow? title = null;
        foreach (var line in news)
        {
            if (line.Type is EventType.ConversationCreated or EventType.ConversationUpdated)
            {
                title = line.Parse() switch
                {
                    ConversationCreated e => SearchRow.Of(owner, SearchRow.Title, e.Sequence, e.Title),
                    ConversationUpdated e => SearchRow.Of(owner, SearchRow.Title, e.Sequence, e.Title),
                    _ => title,
                };
            }
            else if (texts.Next(line) is { } message)
            {
                if (message.Text is null)
                {
                    rows.RemoveAll(row => row.Message == message.Message);
                    deleted.Add(message.Message);
                }
                else
                {
                    rows.Add(SearchRow.Of(owner, message.Message, message.Sequence, message.Text));
                }
            }
        }

        if (title is not null)
        {
            rows.Add(title);
        }

        return new SearchRows(rows, deleted);
    }
}
