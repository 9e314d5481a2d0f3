using System.Collections.Immutable;
using Npgsql;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Search;
using OrleansChat.Storage.PostgreSql.Reading;

namespace OrleansChat.Storage.PostgreSql.Searching;

/// <summary>Finds conversations by their words.</summary>
internal static class SearchReader
{
    // The owner is one of the words that the index is asked for, so that nobody's search reads what others have said.
    private const string Sql = """
        WITH found AS MATERIALIZED (
            SELECT conversation, message, sequence FROM orleanschat.search WHERE words @@ $1::tsquery
        ), best AS (
            SELECT DISTINCT ON (c.id)
                c.id, c.head, c.replying, c.created_at, c.updated_at, c.attributes, f.conversation, f.message
            FROM found f
            JOIN orleanschat.conversations c ON c.number = f.conversation
            WHERE c.owner = $2 AND ($3::text IS NULL OR c.id < $3)
            ORDER BY c.id DESC, (f.message = '') DESC, f.sequence DESC
            LIMIT $4
        )
        SELECT b.id, b.head, b.replying, b.created_at, b.updated_at, b.attributes, b.message, s.text
        FROM best b JOIN orleanschat.search s USING (conversation, message)
        ORDER BY b.id DESC
        """;

    /// <summary>See <see cref="IConversationStore.SearchAsync"/>.</summary>
    public static async Task<SearchPage> RunAsync(
        NpgsqlDataSource database,
        OwnerId owner,
        SearchQuery query,
        int limit,
        ConversationId? after,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = LexemesOf(owner, query) });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner.Value });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = after?.Value });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = limit + 1L });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = ImmutableArray.CreateBuilder<ConversationMatch>();
        var more = false;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (found.Count == limit)
            {
                more = true;
                continue;
            }

            var (message, text) = (reader.GetString(6), reader.GetString(7));

            // A long message may say it beyond what the table keeps of its text.
            found.Add(new ConversationMatch(
                ConversationReader.Read(owner, reader),
                message == SearchRow.Title ? null : message,
                query.Match(text) ?? Snippet.Around(text, 0)));
        }

        var matches = found.DrainToImmutable();
        return new SearchPage(matches, more ? matches[^1].Conversation.Id : null);
    }

    // Words are letters, marks and digits, and owners have no quotes either, so nothing needs to be escaped.
    private static string LexemesOf(OwnerId owner, SearchQuery query) => string.Join(
        " & ",
        query.Words.Select(word => SearchQuery.FindsBeginnings(word) ? $"'{word}':*" : $"'{word}'").Prepend($"'{SearchRow.LexemeOf(owner)}'"));
}
