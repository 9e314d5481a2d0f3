using Npgsql;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Testing.Journal;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

/// <summary>Appends whose answer was lost: trying again finds out what came of them, whatever has happened since.</summary>
public sealed class InDoubtTests(InDoubtTests.ServerFixture fixture) : IClassFixture<InDoubtTests.ServerFixture>, IAsyncLifetime
{
    private readonly ConversationScript script = new(new ConversationKey(OwnerId.Local, ConversationId.New(TimeProvider.System)));
    private CuttingProxy proxy = null!;

    // The writer reaches the server through the proxy, the other one directly.
    private string through = null!;
    private TestStore writer = null!;
    private TestStore other = null!;

    public async Task InitializeAsync()
    {
        if (TestPostgres.NoServers is null)
        {
            proxy = new CuttingProxy(fixture.Server.Port);
            through = new NpgsqlConnectionStringBuilder(fixture.Server.ConnectionString()) { Port = proxy.Port }.ConnectionString;
            writer = new TestStore(through);
            other = new TestStore(fixture.Server.ConnectionString());
        }
    }

    public async Task DisposeAsync()
    {
        if (TestPostgres.NoServers is null)
        {
            await writer.DisposeAsync();
            await other.DisposeAsync();
            await proxy.DisposeAsync();
        }
    }

    [PostgresServerFact]
    public async Task An_append_that_happened_is_found_to_have_happened_and_not_done_again()
    {
        await CommitAsync(writer, script.Created().Asked().Started().Take());
        var append = script.Said("a", "b").Take();
        proxy.CutNextAnswer();

        Assert.IsType<AppendOutcome.Failed>(await AppendAsync(writer, append));
        Assert.Equal(script.Lines, await other.ReadLinesAsync(script.Key));

        await CommitAsync(writer, append);
        await CommitAsync(writer, script.Completed().Take());
        Assert.Equal(script.Lines, await other.ReadLinesAsync(script.Key));
    }

    [PostgresServerFact]
    public async Task An_append_that_did_not_happen_is_done()
    {
        await CommitAsync(writer, script.Created().Asked().Started().Take());
        var append = script.Said("a", "b").Take();
        proxy.CutNextRequest();

        Assert.IsType<AppendOutcome.Failed>(await AppendAsync(writer, append));
        Assert.Equal(3, (await other.ReadLinesAsync(script.Key)).Count);

        await CommitAsync(writer, append);
        Assert.Equal(script.Lines, await other.ReadLinesAsync(script.Key));
    }

    [PostgresServerFact]
    public async Task What_a_reply_cost_whose_end_was_in_doubt_is_counted_once()
    {
        var day = new DateOnly(2026, 8, 1);
        var owner = NewOwner();
        var reply = new ConversationScript(new ConversationKey(owner, ConversationId.New(TimeProvider.System)));
        await CommitAsync(writer, reply.Created().Asked().Started().Take());
        var end = reply.Said("a").Paid("gpt", new TokenUsage(3, 2)).Take();
        proxy.CutNextAnswer();
        Assert.IsType<AppendOutcome.Failed>(await AppendAsync(writer, end));
        await CommitAsync(writer, end);

        await CommitAsync(writer, reply.Started().Take());
        var next = reply.Said("b").Paid("gpt", new TokenUsage(30, 20)).Take();
        proxy.CutNextRequest();
        Assert.IsType<AppendOutcome.Failed>(await AppendAsync(writer, next));
        Assert.Equal(1, Assert.Single(await other.ReadUsageAsync(owner, day, day, default)).Replies);
        await CommitAsync(writer, next);

        var row = Assert.Single(await other.ReadUsageAsync(owner, day, day, default));
        Assert.Equal((2, 33, 22), (row.Replies, row.InputTokens, row.OutputTokens));
    }

    private static OwnerId NewOwner() =>
        OwnerId.TryParse($"test-{Guid.NewGuid():N}", out var owner) ? owner : throw new InvalidOperationException();

    [PostgresServerFact]
    public async Task A_conversation_whose_creation_was_in_doubt_is_created_once()
    {
        await writer.CheckAsync(default);
        await CommitAsync(writer, new ConversationScript(NewKey()).Created().Take());
        var append = script.Created().Asked().Take();
        proxy.CutNextAnswer();

        Assert.IsType<AppendOutcome.Failed>(await AppendAsync(writer, append));

        await CommitAsync(writer, append);
        Assert.Equal(script.Lines, await other.ReadLinesAsync(script.Key));
    }

    [PostgresServerFact]
    public async Task It_is_found_also_where_somebody_else_has_gone_on_and_compacted_it()
    {
        await CommitAsync(writer, script.Created().Asked().Started().Take());
        await CommitAsync(writer, script.Said("before").Take());
        var append = script.Said("in", "doubt").Take();
        proxy.CutNextAnswer();
        Assert.IsType<AppendOutcome.Failed>(await AppendAsync(writer, append));

        await CommitAsync(other, script.Said("after").Completed().Take());
        await other.CompactAsync(script.Key, default);

        await CommitAsync(writer, append);
        Assert.Equal(script.Lines, await other.ReadLinesAsync(script.Key));
    }

    [PostgresServerFact]
    public async Task It_is_fenced_where_somebody_else_has_appended_something_else_in_its_place()
    {
        await CommitAsync(writer, script.Created().Asked().Started().Take());
        var append = Fork().Said("lost").Take();
        proxy.CutNextRequest();
        Assert.IsType<AppendOutcome.Failed>(await AppendAsync(writer, append));

        await CommitAsync(other, script.Said("won").Take());

        Assert.Equal(new AppendOutcome.Fenced(4), await AppendAsync(writer, append));
        Assert.Equal(script.Lines, await other.ReadLinesAsync(script.Key));
    }

    [PostgresServerFact]
    public async Task It_is_fenced_at_zero_where_the_conversation_is_gone()
    {
        await CommitAsync(writer, script.Created().Asked().Started().Take());
        var append = script.Said("a").Take();
        proxy.CutNextAnswer();
        Assert.IsType<AppendOutcome.Failed>(await AppendAsync(writer, append));

        Assert.True(await other.DeleteAsync(script.Key, default));

        Assert.Equal(new AppendOutcome.Fenced(0), await AppendAsync(writer, append));
    }

    [PostgresServerFact]
    public async Task Each_append_of_a_commit_in_doubt_has_its_own_outcome()
    {
        var fenced = new ConversationScript(NewKey());
        await CommitAsync(writer, script.Created().Asked().Started().Take());
        await CommitAsync(writer, fenced.Created().Asked().Take());
        var happened = script.Said("a").Take();
        var created = new ConversationScript(NewKey()).Created().Take();
        var stale = new ConversationScript(fenced.Key).Created();
        stale.Take();
        JournalAppend[] appends = [created, happened, stale.Asked("stale").Take()];
        proxy.CutNextAnswer();
        Assert.All(await writer.AppendAsync(appends, default), outcome => Assert.IsType<AppendOutcome.Failed>(outcome));

        Assert.Equal(
            [AppendOutcome.Committed.Instance, AppendOutcome.Committed.Instance, new AppendOutcome.Fenced(2)],
            (await writer.AppendAsync(appends, default)).AsEnumerable());
        Assert.Equal(script.Lines, await other.ReadLinesAsync(script.Key));
        Assert.Equal(fenced.Lines, await other.ReadLinesAsync(fenced.Key));
    }

    [PostgresServerFact]
    public async Task What_a_network_delivers_late_is_fenced_off_by_what_was_appended_since()
    {
        await using var hasty = new TestStore(through, options => options.CommandTimeout = TimeSpan.FromSeconds(3));
        await CommitAsync(hasty, script.Created().Asked().Started().Take());
        var late = Fork().Said("late").Take();
        proxy.Stall();
        var failed = Assert.IsType<AppendOutcome.Failed>(await AppendAsync(hasty, late));
        Assert.IsType<TimeoutException>(failed.Cause);

        await CommitAsync(other, script.Said("meanwhile").Take());
        proxy.Resume();

        // What was held back and the new attempt come in either order.
        Assert.Equal(new AppendOutcome.Fenced(4), await AppendAsync(hasty, late));
        Assert.Equal(script.Lines, await other.ReadLinesAsync(script.Key));
    }

    private static ConversationKey NewKey() => new(OwnerId.Local, ConversationId.New(TimeProvider.System));

    private static async Task<AppendOutcome> AppendAsync(TestStore store, JournalAppend append) =>
        Assert.Single(await store.AppendAsync([append], default));

    private static async Task CommitAsync(TestStore store, JournalAppend append) =>
        Assert.Equal(AppendOutcome.Committed.Instance, await AppendAsync(store, append));

    // A writer who knows the same three events and goes on by itself.
    private ConversationScript Fork()
    {
        var fork = new ConversationScript(script.Key).Created().Asked().Started();
        fork.Take();
        return fork;
    }

    /// <summary>A server for all of them.</summary>
    public sealed class ServerFixture : IAsyncLifetime
    {
        public PostgresServer Server { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            if (TestPostgres.NoServers is null)
            {
                Server = await PostgresServer.CreateAsync();
                await TestStore.MigrateAsync(Server.ConnectionString());
            }
        }

        public async Task DisposeAsync()
        {
            if (Server is not null)
            {
                await Server.DisposeAsync();
            }
        }
    }
}
