using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;

namespace OrleansChat.Storage.PostgreSql.Reading;

/// <summary>Reads what conversations are, without their journals.</summary>
internal static class ConversationReader
{
    private const string ListSql = """
        SELECT id, head, replying, created_at, updated_at, attributes
        FROM orleanschat.conversations
        WHERE owner = $1 AND NOT transient AND ($2::text IS NULL OR id < $2)
        ORDER BY id DESC
        LIMIT $3
        """;

    private const string NewerSql = """
        SELECT id, head, replying, created_at, updated_at, attributes
        FROM orleanschat.conversations
        WHERE owner = $1 AND NOT transient AND id > $2
        ORDER BY id
        LIMIT $3
        """;

    // By the primary key, so many at a time: when a row was last appended to cannot be in an index (see 001-conversations.sql).
    private const string IdleSql = """
        SELECT number, owner, id, head, NOT replying AND appended_at <= clock_timestamp() - $2 AS idle
        FROM orleanschat.conversations
        WHERE number > $1 AND NOT transient
        ORDER BY number
        LIMIT $3
        """;

    private const string TransientIdleSql = """
        SELECT number, owner, id, head, NOT replying AND appended_at <= clock_timestamp() - $2 AS idle
        FROM orleanschat.conversations
        WHERE number > $1 AND transient
        ORDER BY number
        LIMIT $3
        """;

    private const int IdleBatch = 1_000;

    private const string FindSql = "SELECT id FROM orleanschat.conversations WHERE owner = $1 AND right(id, 16) = $2";

    private const string UnfinishedSql = """
        SELECT owner, id
        FROM orleanschat.conversations
        WHERE replying AND appended_at <= clock_timestamp() - $1
        """;

    /// <summary>See <see cref="IConversationStore.ListAsync"/>.</summary>
    public static async Task<ImmutableArray<Conversation>> ListAsync(
        NpgsqlDataSource database,
        OwnerId owner,
        int limit,
        ConversationId? after,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ListSql);
        return await ReadAsync(command, owner, limit, after?.Value, cancellationToken);
    }

    /// <summary>See <see cref="IConversationStore.ListNewerAsync"/>.</summary>
    public static async Task<ImmutableArray<Conversation>> ListNewerAsync(
        NpgsqlDataSource database,
        OwnerId owner,
        int limit,
        ConversationId before,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(NewerSql);
        var nearestFirst = await ReadAsync(command, owner, limit, before.Value, cancellationToken);
        return [.. nearestFirst.Reverse()];
    }

    /// <summary>See <see cref="IConversationStore.FindIdleAsync"/>; time passes by the server's clock.</summary>
    public static async Task<IdlePage> FindIdleAsync(
        NpgsqlDataSource database,
        bool transient,
        TimeSpan idleFor,
        string? cursor,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(transient ? TransientIdleSql : IdleSql);
        var last = cursor is null ? 0 : long.Parse(cursor, CultureInfo.InvariantCulture);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = idleFor });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = IdleBatch });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = ImmutableArray.CreateBuilder<IdleConversation>();
        var count = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            count++;
            last = reader.GetInt64(0);
            if (reader.GetBoolean(4))
            {
                found.Add(new IdleConversation(Key(reader.GetString(1), reader.GetString(2)), reader.GetInt64(3)));
            }
        }

        return new IdlePage(found.DrainToImmutable(), count == IdleBatch ? last.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>See <see cref="IConversationStore.FindAsync"/>.</summary>
    public static async Task<ConversationId?> FindAsync(
        NpgsqlDataSource database, OwnerId owner, string tail, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(FindSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner.Value });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tail });
        return await command.ExecuteScalarAsync(cancellationToken) is string id ? Key(owner.Value, id).Id : null;
    }

    /// <summary>See <see cref="IConversationStore.FindUnfinishedAsync"/>; time passes by the server's clock.</summary>
    public static async Task<ImmutableArray<ConversationKey>> FindUnfinishedAsync(
        NpgsqlDataSource database,
        TimeSpan quietFor,
        CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(UnfinishedSql);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = quietFor });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = ImmutableArray.CreateBuilder<ConversationKey>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(Key(reader.GetString(0), reader.GetString(1)));
        }

        return found.DrainToImmutable();
    }

    private static async Task<ImmutableArray<Conversation>> ReadAsync(
        NpgsqlCommand command,
        OwnerId owner,
        int limit,
        string? bound,
        CancellationToken cancellationToken)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner.Value });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = bound });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = ImmutableArray.CreateBuilder<Conversation>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(Read(owner, reader));
        }

        return found.DrainToImmutable();
    }

    /// <summary>Reads a conversation from the columns <c>id, head, replying, created_at, updated_at, attributes</c>.</summary>
    /// <exception cref="InvalidDataException">The row is damaged.</exception>
    public static Conversation Read(OwnerId owner, NpgsqlDataReader reader)
    {
        var key = Key(owner.Value, reader.GetString(0));
        var conversation = new Conversation
        {
            Id = key.Id,
            Model = "",
            Sequence = reader.GetInt64(1),
            Status = reader.GetBoolean(2) ? ConversationStatus.Replying : ConversationStatus.Idle,
            CreatedAt = reader.GetFieldValue<DateTimeOffset>(3),
            UpdatedAt = reader.GetFieldValue<DateTimeOffset>(4),
        };
        try
        {
            return EventJson.Parse(reader.GetFieldValue<byte[]>(5)) switch
            {
                ConversationCreated e => conversation with { Title = e.Title, Model = e.Model, System = e.System, Metadata = e.Metadata },
                ConversationUpdated e => conversation with { Title = e.Title, Model = e.Model, System = e.System, Metadata = e.Metadata },
                var other => throw new JsonException($"{other.GetType().Name} says nothing of them"),
            };
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"orleanschat.conversations, {key}: its attributes cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static ConversationKey Key(string owner, string id) => ConversationKey.TryParse($"{owner}/{id}", out var key)
        ? key
        : throw new InvalidDataException($"orleanschat.conversations, {owner}/{id}: this is not a conversation's key.");
}
