using Microsoft.Extensions.Options;
using OrleansChat.Keys;
using OrleansChat.Silo.Tests.Storage.Files;
using OrleansChat.Storage.Files;
using OrleansChat.Storage.Files.Keys;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Keys;

public sealed class KeyActionsTests : IDisposable
{
    private readonly TestDirectory directory = new();
    private readonly ManualTimeProvider clock = new();
    private readonly StringWriter people = new();
    private readonly FilesKeyStore store;

    public KeyActionsTests() => store = new FilesKeyStore(Options.Create(new FilesStoreOptions { Path = directory.Path }));

    [Fact]
    public async Task Add_prints_the_key_alone_and_stores_its_hash()
    {
        var text = await RunAsync("add", "--owner", "alice", "--scopes", "read", "--expires-in", "1.00:00:00");

        var key = Assert.Single(await store.ListAsync(10, null, default));
        Assert.True(key.IsHeldBy(text));
        Assert.Equal(("alice", Scope.Read, clock.GetUtcNow().AddDays(1)), (key.Owner.Value, key.Scopes, key.ExpiresAt));
        Assert.Contains("from its next start on everybody needs a key", people.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotate_leaves_the_old_key_for_the_overlap()
    {
        var old = await RunAsync("add", "--owner", "alice", "--scopes", "admin", "--name", "ci", "--expires-in", "10.00:00:00");
        clock.Advance(TimeSpan.FromDays(4));

        var text = await RunAsync("rotate", old, "--overlap", "00:30:00");

        var keys = await store.ListAsync(10, null, default);
        var (next, former) = (keys.Single(key => key.IsHeldBy(text)), keys.Single(key => key.IsHeldBy(old)));
        Assert.Equal(clock.GetUtcNow().AddMinutes(30), former.ExpiresAt);
        Assert.Equal((former.Owner, former.Scopes, former.Name, clock.GetUtcNow().AddDays(10)), (next.Owner, next.Scopes, next.Name, next.ExpiresAt));
    }

    [Fact]
    public async Task A_key_that_does_not_work_is_not_rotated()
    {
        var old = await RunAsync("add");
        await RunAsync("revoke", old);

        await Assert.ThrowsAsync<KeysCommandException>(() => RunAsync("rotate", old));
        Assert.Single(await store.ListAsync(10, null, default));
    }

    [Fact]
    public async Task List_says_of_each_key_what_it_is_and_of_none_the_secret()
    {
        var revoked = await RunAsync("add", "--name", "old laptop");
        await RunAsync("revoke", revoked);
        await RunAsync("add", "--owner", "alice", "--expires-in", "00:01:00");
        clock.Advance(TimeSpan.FromMinutes(1));

        var lines = (await RunAsync("list")).Split('\n');

        Assert.Equal(2, lines.Length);
        Assert.Contains(lines, line => line.Contains("revoked 2030-01-01", StringComparison.Ordinal) && line.EndsWith("old laptop", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("alice", StringComparison.Ordinal) && line.Contains("expired", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains(revoked[^43..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("rotate")]
    public async Task A_key_that_there_is_not_is_told(string verb)
    {
        var actions = new KeyActions(store, clock, TextWriter.Null, people);

        Assert.False(await actions.RunAsync(KeysCommandLine.Parse([verb, "0123456789ab"])));
        Assert.Contains("There is no key '0123456789ab'", people.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => directory.Dispose();

    private async Task<string> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Assert.True(await new KeyActions(store, clock, output, people).RunAsync(KeysCommandLine.Parse(arguments)));
        return output.ToString().TrimEnd('\n');
    }
}
