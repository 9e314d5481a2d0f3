using System.Collections.Immutable;
using Npgsql;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Usage;

namespace OrleansChat.Storage.PostgreSql.Usage;

/// <summary>Adds up what an owner's replies cost.</summary>
internal static class UsageReader
{
    private const string Sql = """
        SELECT day, model, currency, count(*), count(*) FILTER (WHERE estimated), sum(input_tokens)::bigint,
            coalesce(sum(cached_input_tokens), 0)::bigint, sum(output_tokens)::bigint, coalesce(sum(reasoning_tokens), 0)::bigint,
            coalesce(sum(amount), 0)
        FROM orleanschat.usage
        WHERE owner = $1 AND day BETWEEN $2 AND $3
        GROUP BY day, model, currency
        ORDER BY day, model, currency NULLS FIRST
        """;

    /// <summary>See <see cref="IConversationStore.ReadUsageAsync"/>.</summary>
    public static async Task<ImmutableArray<UsageRow>> RunAsync(
        NpgsqlDataSource database,
        OwnerId owner,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner.Value });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = from });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = to });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = ImmutableArray.CreateBuilder<UsageRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new UsageRow(
                reader.GetFieldValue<DateOnly>(0),
                reader.GetString(1),
                await reader.IsDBNullAsync(2, cancellationToken) ? null : reader.GetString(2),
                reader.GetInt64(3),
                reader.GetInt64(4),
                reader.GetInt64(5),
                reader.GetInt64(6),
                reader.GetInt64(7),
                reader.GetInt64(8),
                reader.GetDecimal(9)));
        }

        return rows.DrainToImmutable();
    }
}
