using OrleansChat.Conversations;
using OrleansChat.Keys;
using OrleansChat.Testing.Suites;
using OrleansChat.Testing.Time;
using Xunit;

namespace OrleansChat.Testing.Keys;

/// <summary>What every <see cref="IKeyStore"/> does. Each test has a medium of its own.</summary>
public abstract class KeyStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 21, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider clock = new(Now);

    /// <summary>The store under test.</summary>
    protected IKeyStore Store { get; private set; } = null!;

    /// <summary>Opens the medium, as a process of its own would.</summary>
    protected abstract IKeyStore Open();

    public virtual Task InitializeAsync()
    {
        Store = Open();
        return Task.CompletedTask;
    }

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [SuiteFact]
    public async Task A_key_is_found_as_it_was_made_by_every_process_that_asks()
    {
        var key = Make("laptop", Scope.Admin, expiresAt: Now.AddDays(90));
        Assert.False(await Store.AnyAsync(default));

        await Store.AddAsync(key, default);

        AssertSame(key, await Store.FindAsync(key.Id, default));
        AssertSame(key, await Open().FindAsync(key.Id, default));
        Assert.True(await Open().AnyAsync(default));
        Assert.Null(await Store.FindAsync("000000000000", default));
    }

    [SuiteTheory]
    [InlineData("")]
    [InlineData("../../../etc/passwd")]
    [InlineData("a/b")]
    [InlineData("' OR 1=1 --")]
    public async Task What_is_no_id_is_no_key(string id)
    {
        await Store.AddAsync(Make("x"), default);

        Assert.Null(await Store.FindAsync(id, default));
        Assert.Null(await Store.RevokeAsync(id, Now, default));
        Assert.Empty(await Store.ListAsync(10, id, default));
    }

    [SuiteFact]
    public async Task A_key_that_is_added_again_stays_as_it_is()
    {
        var key = Make("x");
        await Store.AddAsync(key, default);
        await Store.RevokeAsync(key.Id, Now, default);

        await Store.AddAsync(key, default);

        Assert.Equal(Now, (await Store.FindAsync(key.Id, default))!.RevokedAt);
    }

    [SuiteFact]
    public async Task Revoking_is_seen_at_once_and_done_once()
    {
        var key = Make("x");
        await Store.AddAsync(key, default);

        Assert.Equal(Now, (await Store.RevokeAsync(key.Id, Now, default))!.RevokedAt);
        Assert.Equal(Now, (await Open().RevokeAsync(key.Id, Now.AddHours(1), default))!.RevokedAt);

        AssertSame(key with { RevokedAt = Now }, await Open().FindAsync(key.Id, default));
    }

    [SuiteFact]
    public async Task A_key_expires_at_the_soonest_of_the_times_that_it_was_told()
    {
        var key = Make("x");
        await Store.AddAsync(key, default);

        Assert.Equal(Now.AddHours(2), (await Store.ExpireAsync(key.Id, Now.AddHours(2), default))!.ExpiresAt);
        Assert.Equal(Now.AddHours(2), (await Store.ExpireAsync(key.Id, Now.AddHours(3), default))!.ExpiresAt);
        Assert.Equal(Now.AddHours(1), (await Store.ExpireAsync(key.Id, Now.AddHours(1), default))!.ExpiresAt);
        Assert.Null(await Store.ExpireAsync("000000000000", Now, default));
    }

    [SuiteFact]
    public async Task A_use_is_noted_once_a_minute_and_changes_nothing_else()
    {
        var key = Make("x");
        await Store.AddAsync(key, default);

        await Store.UsedAsync(key.Id, Now, default);
        await Store.UsedAsync(key.Id, Now.AddSeconds(59), default);
        Assert.Equal(Now, (await Store.FindAsync(key.Id, default))!.LastUsedAt);

        await Open().UsedAsync(key.Id, Now.AddSeconds(60), default);
        AssertSame(key with { LastUsedAt = Now.AddSeconds(60) }, await Store.FindAsync(key.Id, default));
        await Store.UsedAsync("000000000000", Now, default);
        Assert.Null(await Store.FindAsync("000000000000", default));
    }

    [SuiteFact]
    public async Task Keys_are_listed_newest_first_in_pages()
    {
        var keys = new List<ApiKey>();
        for (var i = 0; i < 5; i++)
        {
            keys.Insert(0, Make($"key {i}"));
            clock.Advance(TimeSpan.FromSeconds(i % 2));
            await Store.AddAsync(keys[0], default);
        }

        var expected = keys.OrderByDescending(key => key.CreatedAt).ThenByDescending(key => key.Id, StringComparer.Ordinal).Select(key => key.Id).ToArray();

        Assert.Equal(expected[..2], (await Store.ListAsync(2, null, default)).Select(key => key.Id));
        Assert.Equal(expected[2..4], (await Store.ListAsync(2, expected[1], default)).Select(key => key.Id));
        Assert.Equal(expected[4..], (await Store.ListAsync(2, expected[3], default)).Select(key => key.Id));
        Assert.Empty(await Store.ListAsync(2, expected[4], default));
    }

    [SuiteFact]
    public async Task Of_many_who_change_a_key_at_once_none_undoes_what_another_did()
    {
        var key = Make("x");
        await Store.AddAsync(key, default);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var store = Open();
            await store.UsedAsync(key.Id, Now.AddMinutes(i), default);
            await (i % 2 == 0 ? store.RevokeAsync(key.Id, Now, default) : store.ExpireAsync(key.Id, Now.AddHours(i), default));
        })));

        var found = await Store.FindAsync(key.Id, default);
        Assert.Equal((Now, Now.AddHours(1)), (found!.RevokedAt, found.ExpiresAt));
        Assert.NotNull(found.LastUsedAt);
    }

    [SuiteFact]
    public async Task Of_many_nodes_that_make_a_signing_key_at_once_one_does()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Open().AddSigningKeyAsync(new SigningKey($"<key>{i}</key>"), 0, default))));

        var first = Assert.Single(await Store.ReadSigningKeysAsync(default));
        Assert.Equal($"<key>{Array.IndexOf(added, true)}</key>", first.Xml);
        Assert.Single(added, true);

        Assert.False(await Store.AddSigningKeyAsync(new SigningKey("<too-early/>"), 2, default));
        Assert.True(await Store.AddSigningKeyAsync(new SigningKey("<second/>"), 1, default));
        Assert.Equal([first.Xml, "<second/>"], (await Open().ReadSigningKeysAsync(default)).Select(key => key.Xml));
    }

    private static void AssertSame(ApiKey expected, ApiKey? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Hash.AsEnumerable(), actual.Hash);
        Assert.Equal(expected, actual with { Hash = expected.Hash });
    }

    private ApiKey Make(string name, Scope scopes = Scope.Write, DateTimeOffset? expiresAt = null) =>
        ApiKey.Make(name, OwnerId.Local, scopes, expiresAt, clock).Key;
}
