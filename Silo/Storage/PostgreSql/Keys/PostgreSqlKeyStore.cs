using System.Collections.Immutable;
using Npgsql;
using OrleansChat.Keys;

namespace OrleansChat.Storage.PostgreSql.Keys;

/// <summary>Keeps keys in the tables of <c>Migrations/050-keys.sql</c>. Every statement may run twice: a connection may break behind it.</summary>
internal sealed class PostgreSqlKeyStore(ConnectionPools pools) : IKeyStore
{
    private const string Columns = "id, name, owner, scopes, hash, created_at, expires_at, revoked_at, last_used_at";

    public Task<bool> AnyAsync(CancellationToken cancellationToken) =>
        AskAsync("SELECT EXISTS (SELECT FROM orleanschat.keys)", [], async command => (bool)(await command.ExecuteScalarAsync(cancellationToken))!, cancellationToken);

    public Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        FindAsync($"SELECT {Columns} FROM orleanschat.keys WHERE id = $1", [Text(id)], cancellationToken);

    public Task<ImmutableArray<ApiKey>> ListAsync(int limit, string? after, CancellationToken cancellationToken) => ReadAsync(
        after is null
            ? $"SELECT {Columns} FROM orleanschat.keys ORDER BY created_at DESC, id DESC LIMIT $1"
            : $"""
              SELECT {Columns} FROM orleanschat.keys
              WHERE (created_at, id) < (SELECT created_at, id FROM orleanschat.keys WHERE id = $2)
              ORDER BY created_at DESC, id DESC LIMIT $1
              """,
        [new NpgsqlParameter<int> { TypedValue = limit }, .. after is null ? Array.Empty<NpgsqlParameter>() : [Text(after)]],
        cancellationToken);

    public Task AddAsync(ApiKey key, CancellationToken cancellationToken) => DoAsync(
        """
        INSERT INTO orleanschat.keys (id, name, owner, scopes, hash, created_at, expires_at, revoked_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING
        """,
        [
            Text(key.Id), Text(key.Name), Text(key.Owner.Value), Text(string.Join(',', key.Scopes.ToWords())),
            new NpgsqlParameter<byte[]> { TypedValue = [.. key.Hash] }, Time(key.CreatedAt), Time(key.ExpiresAt), Time(key.RevokedAt),
        ],
        cancellationToken);

    public Task<ApiKey?> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => FindAsync(
        $"UPDATE orleanschat.keys SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 RETURNING {Columns}", [Text(id), Time(at)], cancellationToken);

    public Task<ApiKey?> ExpireAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => FindAsync(
        $"UPDATE orleanschat.keys SET expires_at = least(expires_at, $2) WHERE id = $1 RETURNING {Columns}", [Text(id), Time(at)], cancellationToken);

    public Task UsedAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => DoAsync(
        "UPDATE orleanschat.keys SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at <= $3)",
        [Text(id), Time(at), Time(at - IKeyStore.UseResolution)],
        cancellationToken);

    public Task<ImmutableArray<SigningKey>> ReadSigningKeysAsync(CancellationToken cancellationToken) => AskAsync(
        "SELECT xml FROM orleanschat.signing_keys ORDER BY position",
        [],
        async command =>
        {
            var keys = ImmutableArray.CreateBuilder<SigningKey>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                keys.Add(new SigningKey(reader.GetString(0)));
            }

            return keys.DrainToImmutable();
        },
        cancellationToken);

    public async Task<bool> AddSigningKeyAsync(SigningKey key, int known, CancellationToken cancellationToken)
    {
        await DoAsync(
            """
            INSERT INTO orleanschat.signing_keys (position, xml)
            SELECT $1, $2 WHERE $1 = 1 OR EXISTS (SELECT FROM orleanschat.signing_keys WHERE position = $1 - 1)
            ON CONFLICT (position) DO NOTHING
            """,
            [new NpgsqlParameter<int> { TypedValue = known + 1 }, Text(key.Xml)],
            cancellationToken);

        // What was done twice, because the connection broke behind it, was done all the same.
        return await AskAsync(
            "SELECT xml = $2 FROM orleanschat.signing_keys WHERE position = $1",
            [new NpgsqlParameter<int> { TypedValue = known + 1 }, Text(key.Xml)],
            async command => await command.ExecuteScalarAsync(cancellationToken) is true,
            cancellationToken);
    }

    private static NpgsqlParameter<string> Text(string text) => new() { TypedValue = text };

    private static NpgsqlParameter Time(DateTimeOffset? time) =>
        new() { Value = time?.UtcDateTime ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz };

    private async Task<ApiKey?> FindAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        (await ReadAsync(sql, parameters, cancellationToken)).SingleOrDefault();

    private Task<ImmutableArray<ApiKey>> ReadAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) => AskAsync(
        sql,
        parameters,
        async command =>
        {
            var keys = ImmutableArray.CreateBuilder<ApiKey>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                keys.Add(await KeyRow.ReadAsync(reader, cancellationToken));
            }

            return keys.DrainToImmutable();
        },
        cancellationToken);

    private Task<int> DoAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken) =>
        AskAsync(sql, parameters, command => command.ExecuteNonQueryAsync(cancellationToken), cancellationToken);

    private Task<T> AskAsync<T>(string sql, NpgsqlParameter[] parameters, Func<NpgsqlCommand, Task<T>> ask, CancellationToken cancellationToken) =>
        DatabaseFailures.RunRepeatableAsync(() => pools.Turns.RunAsync(
            async () =>
            {
                await using var command = pools.Queries.CreateCommand(sql);
                foreach (var parameter in parameters)
                {
                    command.Parameters.Add(parameter.Clone());
                }

                return await ask(command);
            },
            cancellationToken));
}
