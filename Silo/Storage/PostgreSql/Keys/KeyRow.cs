using Npgsql;
using OrleansChat.Conversations;
using OrleansChat.Keys;

namespace OrleansChat.Storage.PostgreSql.Keys;

/// <summary>A key as its row has it.</summary>
internal static class KeyRow
{
    /// <summary>Reads the row that a reader is at.</summary>
    /// <exception cref="InvalidDataException">It is not what this product writes.</exception>
    public static async Task<ApiKey> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var id = reader.GetString(0);
        if (!OwnerId.TryParse(reader.GetString(2), out var owner) || !Scopes.TryParse(reader.GetString(3).Split(','), out var scopes))
        {
            throw new InvalidDataException($"The row of the key {id} in orleanschat.keys is not what this product writes.");
        }

        return new ApiKey(
            id, reader.GetString(1), owner, scopes, [.. reader.GetFieldValue<byte[]>(4)], Utc(reader.GetDateTime(5)), await TimeAsync(6))
        {
            RevokedAt = await TimeAsync(7),
            LastUsedAt = await TimeAsync(8),
        };

        async Task<DateTimeOffset?> TimeAsync(int column) =>
            await reader.IsDBNullAsync(column, cancellationToken) ? null : Utc(reader.GetDateTime(column));
    }

    private static DateTimeOffset Utc(DateTime time) => new(time, TimeSpan.Zero);
}
