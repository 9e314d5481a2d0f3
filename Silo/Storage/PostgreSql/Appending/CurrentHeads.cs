using Npgsql;
using NpgsqlTypes;
using OrleansChat.Conversations;

namespace OrleansChat.Storage.PostgreSql.Appending;

/// <summary>Asks for the heads of conversations.</summary>
internal static class CurrentHeads
{
    private const string Sql = """
        SELECT k.place, c.head
        FROM unnest($1, $2) WITH ORDINALITY AS k (owner, id, place)
        JOIN orleanschat.conversations c ON c.owner = k.owner AND c.id = k.id
        """;

    /// <summary>The head of each conversation; 0 where there is none.</summary>
    public static async Task<long[]> ReadAsync(
        NpgsqlDataSource database,
        IReadOnlyList<ConversationKey> keys,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        foreach (var column in new[] { keys.Select(key => key.Owner.Value), keys.Select(key => key.Id.Value) })
        {
            command.Parameters.Add(new NpgsqlParameter<string[]>
            {
                TypedValue = [.. column],
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            });
        }

        var heads = new long[keys.Count];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            heads[reader.GetInt64(0) - 1] = reader.GetInt64(1);
        }

        return heads;
    }
}
