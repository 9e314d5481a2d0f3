using System.Text;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Testing.Journal;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

/// <summary>A store on a database that a test can look into.</summary>
public abstract class StoreTests(StoreDatabase database) : IClassFixture<StoreDatabase>, IAsyncLifetime
{
    private readonly Lazy<TestStore> store = new(() => new TestStore(database.ConnectionString));

    internal TestStore Store => store.Value;

    internal StoreDatabase Database { get; } = database;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (store.IsValueCreated)
        {
            await store.Value.DisposeAsync();
        }
    }

    internal static ConversationScript NewConversation() => new(new ConversationKey(OwnerId.Local, ConversationId.New(TimeProvider.System)));

    internal async Task CommitAsync(ConversationScript script) =>
        Assert.Equal(AppendOutcome.Committed.Instance, Assert.Single(await Store.AppendAsync([script.Take()], default)));

    /// <summary>A turn as the product writes it: a question, some pieces, the end, and compaction.</summary>
    internal async Task CommitTurnAsync(ConversationScript script, string text = "", int pieces = 3)
    {
        await CommitAsync(script.Asked(text).Started());
        for (var i = 0; i < pieces; i++)
        {
            await CommitAsync(script.Said($" piece {i}"));
        }

        await CommitAsync(script.Completed());
        await Store.CompactAsync(script.Key, default);
    }

    /// <summary>The number that the database gave to a conversation.</summary>
    internal async Task<long> NumberAsync(ConversationScript script) =>
        (long)(await Database.ExecuteAsync($"SELECT number FROM orleanschat.conversations WHERE id = '{script.Key.Id}'"))!;

    internal async Task<string> RowsAsync(ConversationScript script) =>
        (string)(await Database.ExecuteAsync(
            "SELECT coalesce(string_agg(first || '-' || last, ' ' ORDER BY first), '') FROM orleanschat.journal "
            + $"WHERE conversation = {await NumberAsync(script)}"))!;

    internal static string Hex(string lines) => $"'\\x{Convert.ToHexString(Encoding.UTF8.GetBytes(lines))}'";
}
