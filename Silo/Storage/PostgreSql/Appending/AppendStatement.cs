using Npgsql;
using NpgsqlTypes;

namespace OrleansChat.Storage.PostgreSql.Appending;

/// <summary>The one statement that appends to any number of journals, each of which it may find at another head than expected.</summary>
internal static class AppendStatement
{
    // The update of the row is the fence: it locks the row, and it happens only at the head that is expected. (The journal's primary
    // key alone would not do: compaction merges rows, and then a stale writer's first sequence may be free again.) The arrays'
    // order is the order of locking.
    private const string Head = """
        WITH appends AS (
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) WITH ORDINALITY
                AS a (owner, id, expected, last, lines, replying, created_at, updated_at, attributes, place)
        ), moved AS (
            UPDATE orleanschat.conversations c
            SET head = a.last,
                appended_at = now(),
                replying = coalesce(a.replying, c.replying),
                updated_at = coalesce(a.updated_at, c.updated_at),
                attributes = coalesce(a.attributes, c.attributes)
            FROM appends a
            WHERE c.owner = a.owner AND c.id = a.id AND c.head = a.expected
            RETURNING a.place, c.number
        ), created AS (
            INSERT INTO orleanschat.conversations (owner, id, head, replying, created_at, updated_at, appended_at, attributes, transient)
            SELECT owner, id, last, coalesce(replying, false), created_at, updated_at, now(), attributes, place = ANY ($10)
            FROM appends WHERE expected = 0
            ON CONFLICT DO NOTHING
            RETURNING owner, id, number
        ), heads AS (
            SELECT place, number FROM moved
            UNION ALL
            SELECT a.place, c.number FROM created c JOIN appends a USING (owner, id)
        ), written AS (
            INSERT INTO orleanschat.journal (conversation, first, last, lines)
            SELECT h.number, a.expected + 1, a.last, a.lines FROM heads h JOIN appends a USING (place)
        )
        """;

    private const string Tail = " SELECT place FROM heads";
    private const string Sql = Head + Tail;
    private const string SqlWithLedger = Head + LedgerPart.Sql + Tail;

    /// <summary>Appends.</summary>
    /// <param name="connection">An open connection, which is closed in the end.</param>
    /// <param name="appends">In order of their keys, so that two processes cannot wait for each other.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>For each, whether it happened; those that did are durable.</returns>
    public static async Task<bool[]> ExecuteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<PreparedAppend> appends,
        CancellationToken cancellationToken)
    {
        await using var closing = connection;
        var ledger = LedgerPart.From(appends);
        await using var command = new NpgsqlCommand(ledger is null ? Sql : SqlWithLedger, connection);
        Add(command, NpgsqlDbType.Text, appends, static append => append.Append.Key.Owner.Value);
        Add(command, NpgsqlDbType.Text, appends, static append => append.Append.Key.Id.Value);
        Add(command, NpgsqlDbType.Bigint, appends, static append => append.Append.ExpectedHead);
        Add(command, NpgsqlDbType.Bigint, appends, static append => append.Append.Block.Last);
        Add(command, NpgsqlDbType.Bytea, appends, static append => append.Append.Block.Lines);
        Add(command, NpgsqlDbType.Boolean, appends, static append => append.Replying);
        Add(command, NpgsqlDbType.TimestampTz, appends, static append => append.CreatedAt);
        Add(command, NpgsqlDbType.TimestampTz, appends, static append => append.UpdatedAt);
        Add(command, NpgsqlDbType.Bytea, appends, static append => append.Attributes());
        AddTransient(command, appends);
        ledger?.AddTo(command);
        var happened = new bool[appends.Count];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            happened[reader.GetInt64(0) - 1] = true;
        }

        // The rows may come before the commit; this waits for what it comes to.
        await reader.NextResultAsync(cancellationToken);
        return happened;
    }

    // Their places only, which are none in nearly all statements: no append of deltas is to pay for them.
    private static void AddTransient(NpgsqlCommand command, IReadOnlyList<PreparedAppend> appends)
    {
        List<long>? places = null;
        for (var i = 0; i < appends.Count; i++)
        {
            if (appends[i].IsTransient)
            {
                (places ??= []).Add(i + 1);
            }
        }

        command.Parameters.Add(new NpgsqlParameter<long[]>
        {
            TypedValue = places is null ? [] : [.. places],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
        });
    }

    private static void Add<T>(
        NpgsqlCommand command,
        NpgsqlDbType type,
        IReadOnlyList<PreparedAppend> appends,
        Func<PreparedAppend, T> value)
    {
        var column = new T[appends.Count];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = value(appends[i]);
        }

        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = column, NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
