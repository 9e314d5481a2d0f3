using Npgsql;
using OrleansChat.Conversations;
using OrleansChat.Journal;

namespace OrleansChat.Storage.PostgreSql;

/// <summary>Removes conversations.</summary>
internal static class Deletion
{
    // A long history takes longer than anything else that one call does.
    private const int TimeoutSeconds = 60;

    private const string FindSql = "SELECT number FROM orleanschat.conversations WHERE owner = $1 AND id = $2";
    private const string ConversationSql = "DELETE FROM orleanschat.conversations WHERE number = $1";
    private const string JournalSql = "DELETE FROM orleanschat.journal WHERE conversation = $1";
    private const string SearchSql = "DELETE FROM orleanschat.search WHERE conversation = $1";

    /// <summary>See <see cref="IConversationStore.DeleteAsync"/>.</summary>
    public static async Task<bool> RunAsync(NpgsqlDataSource database, ConversationKey key, CancellationToken cancellationToken)
    {
        await using var find = database.CreateCommand(FindSql);
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Owner.Value });
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.Id.Value });
        if (await find.ExecuteScalarAsync(cancellationToken) is not long number)
        {
            return false;
        }

        // The row first, which waits for an append that is under way and lets no other begin; the others then see what
        // it appended. All go in one message and one transaction: a process that is cut off never leaves the row locked.
        await using var batch = database.CreateBatch();
        batch.Timeout = TimeoutSeconds;
        foreach (var sql in new[] { ConversationSql, JournalSql, SearchSql })
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new NpgsqlParameter<long> { TypedValue = number } } });
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        return batch.BatchCommands[0].RecordsAffected == 1;
    }
}
