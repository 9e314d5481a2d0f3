using Npgsql;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;

namespace OrleansChat.Storage.PostgreSql.Reading;

/// <summary>Reads journals, page by page.</summary>
internal static class JournalReader
{
    private const int PageBytes = 1024 * 1024;

    // Begins with the row that holds the cursor, if it goes on after it. The server adds up sizes, which it knows without reading
    // what is large, of no more rows than the limit.
    private const string Sql = """
        SELECT c.number, c.head, j.first, j.last, j.lines
        FROM orleanschat.conversations c
        LEFT JOIN LATERAL (
            SELECT first, last, lines
            FROM (
                SELECT first, last, lines,
                    sum(octet_length(lines)) OVER (ORDER BY first ROWS UNBOUNDED PRECEDING) - octet_length(lines) AS bytes_before
                FROM (
                    SELECT first, last, lines
                    FROM orleanschat.journal
                    WHERE conversation = c.number
                        AND first >= coalesce((SELECT max(first) FROM orleanschat.journal WHERE conversation = c.number AND first <= $3), 0)
                        AND last > $3
                    ORDER BY first
                    LIMIT 256
                ) AS following
            ) AS sized
            WHERE bytes_before < $4
        ) AS j ON true
        WHERE c.owner = $1 AND c.id = $2
        ORDER BY j.first
        """;

    /// <summary>Reads a page; see <see cref="IConversationStore.ReadAsync"/>.</summary>
    public static async Task<JournalPage?> ReadAsync(
        NpgsqlDataSource database,
        ConversationKey key,
        long after,
        int maxBytes,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Owner.Value });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Id.Value });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = maxBytes });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var page = new PageBuilder(after, maxBytes);
        long? head = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            head = reader.GetInt64(1);
            if (reader.IsDBNull(2))
            {
                break;
            }

            page.Add(new JournalRow(reader.GetInt64(0), reader.GetInt64(2), reader.GetInt64(3), reader.GetFieldValue<byte[]>(4)));
        }

        return head is { } found ? page.Build(key, found) : null;
    }

    /// <summary>Reads the events after a cursor up to a sequence, and perhaps some more.</summary>
    public static async Task<List<EventBlock>> ReadThroughAsync(
        NpgsqlDataSource database,
        ConversationKey key,
        long after,
        long through,
        CancellationToken cancellationToken)
    {
        var blocks = new List<EventBlock>();
        while (after < through
            && await ReadAsync(database, key, after, PageBytes, cancellationToken) is { Blocks: [.., var newest] } page)
        {
            blocks.AddRange(page.Blocks);
            after = newest.Last;
        }

        return blocks;
    }
}
