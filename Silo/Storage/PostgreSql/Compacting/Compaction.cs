using System.Buffers;
using Npgsql;
using NpgsqlTypes;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Storage.PostgreSql.Reading;
using OrleansChat.Storage.PostgreSql.Searching;

namespace OrleansChat.Storage.PostgreSql.Compacting;

/// <summary>
/// Replaces the rows of replies that have ended by fewer and smaller ones, and makes what is new in them known to search. What it costs depends on what is new since the last
/// time, not on the history.
/// </summary>
internal static class Compaction
{
    // So many rows at the end of what is compacted can be smaller than all that follows them; see RowLayout.
    private const int MergeCandidates = 16;

    private const string StateSql = """
        SELECT number, head, compacted, transient
        FROM orleanschat.conversations
        WHERE owner = $1 AND id = $2 AND NOT replying AND compacted < head
        """;

    private const string SizesSql = """
        SELECT first, octet_length(lines)
        FROM orleanschat.journal
        WHERE conversation = $1 AND first <= $2
        ORDER BY first DESC
        LIMIT $3
        """;

    private const string RowsSql = """
        SELECT first, last, lines
        FROM orleanschat.journal
        WHERE conversation = $1 AND first >= $2 AND first <= $3
        ORDER BY first
        """;

    // One statement, and so one message: a process that is cut off from the database never leaves a row locked. The update lets
    // only one process through from each state, and nothing but compaction changes rows that exist. The insertion asks how many
    // were removed only to come after the removal: the first of both has the same key.
    private const string ReplaceSql = """
        WITH claimed AS (
            UPDATE orleanschat.conversations SET compacted = $3 WHERE number = $1 AND compacted = $2 RETURNING number
        ), removed AS (
            DELETE FROM orleanschat.journal j USING claimed
            WHERE j.conversation = claimed.number AND j.first >= $4 AND j.first <= $3
            RETURNING j.first
        ), forgotten AS (
            DELETE FROM orleanschat.search s USING claimed WHERE s.conversation = claimed.number AND s.message = ANY($12)
        ), indexed AS (
            INSERT INTO orleanschat.search (conversation, message, sequence, text, words)
            SELECT $1, s.message, s.sequence, s.text, array_to_tsvector(string_to_array(s.lexemes, ' '))
            FROM claimed, unnest($8, $9, $10, $11) AS s (message, sequence, text, lexemes)
            ON CONFLICT (conversation, message) DO UPDATE
            SET sequence = excluded.sequence, text = excluded.text, words = excluded.words
        )
        INSERT INTO orleanschat.journal (conversation, first, last, lines)
        SELECT $1, r.first, r.last, r.lines
        FROM claimed, unnest($5, $6, $7) AS r (first, last, lines)
        WHERE (SELECT count(*) FROM removed) >= 0
        """;

    /// <summary>
    /// See <see cref="IConversationStore.CompactAsync"/>. Rows that do not follow each other are left alone: another process compacts
    /// at the same time, or they are damaged, which reading tells.
    /// </summary>
    /// <returns>Whether there was anything to do.</returns>
    public static async Task<bool> RunAsync(NpgsqlDataSource database, ConversationKey key, CancellationToken cancellationToken)
    {
        if (await ReadStateAsync(database, key, cancellationToken) is not { } state
            || Join(await ReadRowsAsync(database, state, state.Compacted + 1, cancellationToken)) is not { } tail
            || tail.First != state.Compacted + 1
            || tail.Last != state.Head)
        {
            return false;
        }

        var found = state.IsTransient ? SearchRows.None : SearchRows.From(key.Owner, tail);
        var compact = ReplyCompaction.Compact(tail);
        var sizes = await ReadSizesAsync(database, state, cancellationToken);
        var merged = RowLayout.CountMerged(compact.Lines.Length, sizes.ConvertAll(static row => row.Bytes));
        if (merged > 0)
        {
            var rows = await ReadRowsAsync(database, state with { Head = state.Compacted }, sizes[merged - 1].First, cancellationToken);
            rows.Add(new JournalRow(state.Number, compact.First, compact.Last, compact.Lines));
            if (Join(rows) is not { } whole)
            {
                return false;
            }

            compact = whole;
        }

        await ReplaceAsync(database, state, compact, found, cancellationToken);
        return true;
    }

    private static async Task<State?> ReadStateAsync(NpgsqlDataSource database, ConversationKey key, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(StateSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Owner.Value });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Id.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new State(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetBoolean(3))
            : null;
    }

    private static async Task<List<(long First, int Bytes)>> ReadSizesAsync(
        NpgsqlDataSource database,
        State state,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(SizesSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = state.Number });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = state.Compacted });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = MergeCandidates });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var sizes = new List<(long, int)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            sizes.Add((reader.GetInt64(0), reader.GetInt32(1)));
        }

        return sizes;
    }

    private static async Task<List<JournalRow>> ReadRowsAsync(
        NpgsqlDataSource database,
        State state,
        long first,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(RowsSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = state.Number });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = first });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = state.Head });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<JournalRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new JournalRow(state.Number, reader.GetInt64(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
        }

        return rows;
    }

    // Null where the rows do not follow each other.
    private static EventBlock? Join(List<JournalRow> rows)
    {
        var lines = new ArrayBufferWriter<byte>(Math.Max(1, rows.Sum(row => row.Lines.Length)));
        for (var i = 0; i < rows.Count; i++)
        {
            if (i > 0 && rows[i].First != rows[i - 1].Last + 1)
            {
                return null;
            }

            // What is to be written in place of the truth is read to its last byte first.
            lines.Write(rows[i].Slice(after: 0, int.MaxValue, atLeastOne: true)!.Lines.Span);
        }

        return rows.Count == 0 ? null : new EventBlock(rows[0].First, rows[^1].Last, lines.WrittenMemory);
    }

    private static async Task ReplaceAsync(
        NpgsqlDataSource database,
        State state,
        EventBlock block,
        SearchRows found,
        CancellationToken cancellationToken)
    {
        var rows = RowLayout.Cut(block);
        await using var command = database.CreateCommand(ReplaceSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = state.Number });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = state.Compacted });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = state.Head });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = block.First });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.First)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. rows.Select(row => row.Last)] });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>[]>
        {
            TypedValue = [.. rows.Select(row => row.Lines)],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. found.Whole.Select(row => row.Message)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. found.Whole.Select(row => row.Sequence)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. found.Whole.Select(row => row.Text)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. found.Whole.Select(row => row.Lexemes)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. found.Deleted] });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What there is to compact.</summary>
    /// <param name="Number">The conversation.</param>
    /// <param name="Head">Where its journal ends; no reply runs there.</param>
    /// <param name="Compacted">Up to where it is compacted.</param>
    /// <param name="IsTransient">Whether nobody is to find it.</param>
    private sealed record State(long Number, long Head, long Compacted, bool IsTransient);
}
