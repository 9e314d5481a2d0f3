using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Storage;
using OrleansChat.Delivery;
using OrleansChat.Hosting;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Cluster.Tests.PostgreSql;

/// <summary>Our queries for grain state, run by Orleans' own provider, as the product composes it for who subscribes to which stream.</summary>
public sealed class GrainStateTests(ClusterDatabaseFixture fixture) : IClassFixture<ClusterDatabaseFixture>, IAsyncLifetime
{
    private const string Keeping = "keeping";
    private const string Type = "rendezvous";

    private static readonly GrainId Grain = GrainId.Create("pubsub", "delivery/node-1");

    private readonly string service = $"service-{Guid.NewGuid():N}";
    private IHost host = null!;
    private IGrainStorage storage = null!;

    public async Task InitializeAsync()
    {
        if (TestPostgres.NoDatabases is null)
        {
            host = Build(service);
            storage = await OpenAsync(host, DeliveryStream.SubscriptionStorage);
        }
    }

    public Task DisposeAsync()
    {
        host?.Dispose();
        return Task.CompletedTask;
    }

    [PostgresFact]
    public async Task What_was_never_written_is_empty()
    {
        Assert.IsType<AdoNetGrainStorage>(storage);
        var state = await ReadAsync(Grain);
        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal("", state.State!.Text);
    }

    [PostgresFact]
    public async Task What_was_written_is_read_and_written_again()
    {
        var state = await WriteAsync(Grain, "one");
        Assert.Equal(("1", true), (state.ETag, state.RecordExists));
        state.State!.Text = "two";
        await storage.WriteStateAsync(Type, Grain, state);

        var read = await ReadAsync(Grain);
        Assert.Equal(("two", "2", true), (read.State!.Text, read.ETag, read.RecordExists));
        Assert.Equal("2", state.ETag);
    }

    [PostgresFact]
    public async Task Of_many_activations_that_write_first_one_does()
    {
        var written = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => TryWriteAsync(new() { State = new() { Text = $"{i}" } }))));

        Assert.Single(written, true);
        var read = await ReadAsync(Grain);
        Assert.Equal(("1", $"{Array.IndexOf(written, true)}"), (read.ETag, read.State!.Text));
    }

    [PostgresFact]
    public async Task Of_many_activations_that_have_read_the_same_one_writes()
    {
        await WriteAsync(Grain, "before");
        var states = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => ReadAsync(Grain)));
        var written = await Task.WhenAll(states.Select((state, i) => Task.Run(() =>
        {
            state.State!.Text = $"{i}";
            return TryWriteAsync(state);
        })));

        Assert.Single(written, true);
        var read = await ReadAsync(Grain);
        Assert.Equal(("2", $"{Array.IndexOf(written, true)}"), (read.ETag, read.State!.Text));
    }

    [PostgresFact]
    public async Task Whoever_has_read_an_old_state_neither_writes_nor_clears()
    {
        var old = await WriteAsync(Grain, "one");
        var now = await ReadAsync(Grain);
        now.State!.Text = "two";
        await storage.WriteStateAsync(Type, Grain, now);

        Assert.False(await TryWriteAsync(old));
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync(Type, Grain, old));
        var read = await ReadAsync(Grain);
        Assert.Equal(("two", "2"), (read.State!.Text, read.ETag));
    }

    [PostgresFact]
    public async Task Cleared_it_leaves_nothing_behind_and_may_be_written_again()
    {
        var state = await WriteAsync(Grain, "one");
        var late = await ReadAsync(Grain);
        await storage.ClearStateAsync(Type, Grain, state);
        Assert.Equal((null, false, ""), (state.ETag, state.RecordExists, state.State!.Text));
        Assert.Equal(0L, await CountAsync());

        Assert.False(await TryWriteAsync(late));
        Assert.Equal(0L, await CountAsync());
        state.State!.Text = "again";
        await storage.WriteStateAsync(Type, Grain, state);
        Assert.Equal("again", (await ReadAsync(Grain)).State!.Text);
    }

    [PostgresFact]
    public async Task Cleared_but_kept_it_goes_on_counting()
    {
        var keeping = await OpenAsync(host, Keeping);
        var state = new GrainState<Words> { State = new Words { Text = "one" } };
        await keeping.WriteStateAsync(Type, Grain, state);
        await keeping.ClearStateAsync(Type, Grain, state);
        Assert.Equal(("2", false), (state.ETag, state.RecordExists));

        var read = await ReadAsync(Grain);
        Assert.Equal(("2", false, ""), (read.ETag, read.RecordExists, read.State!.Text));
        read.State!.Text = "again";
        await keeping.WriteStateAsync(Type, Grain, read);
        Assert.Equal("3", read.ETag);
        Assert.False(await TryWriteAsync(state));
    }

    [PostgresFact]
    public async Task Grains_are_told_apart_by_every_part_of_their_key_by_type_and_by_service()
    {
        var guid = Guid.NewGuid();
        GrainId[] grains =
        [
            GrainId.Create(GrainType.Create("a"), GrainIdKeyExtensions.CreateIntegerKey(7)),
            GrainId.Create(GrainType.Create("a"), GrainIdKeyExtensions.CreateIntegerKey(8)),
            GrainId.Create(GrainType.Create("a"), GrainIdKeyExtensions.CreateIntegerKey(7, "extension")),
            GrainId.Create(GrainType.Create("a"), GrainIdKeyExtensions.CreateGuidKey(guid)),
            GrainId.Create(GrainType.Create("a"), GrainIdKeyExtensions.CreateGuidKey(guid, "extension")),
            GrainId.Create("a", "extension"),
            GrainId.Create("a", "Extension"),
            GrainId.Create("a", "näive ключ 🔑"),
        ];
        for (var i = 0; i < grains.Length; i++)
        {
            await WriteAsync(grains[i], $"{i}");
        }

        for (var i = 0; i < grains.Length; i++)
        {
            Assert.Equal(($"{i}", "1"), ((await ReadAsync(grains[i])).State!.Text, (await ReadAsync(grains[i])).ETag));
        }

        var state = new GrainState<Words>();
        await storage.ReadStateAsync("another type", grains[0], state);
        Assert.False(state.RecordExists);
        using var elsewhere = Build($"{service}-2");
        await (await OpenAsync(elsewhere, DeliveryStream.SubscriptionStorage)).ReadStateAsync(Type, grains[0], state);
        Assert.False(state.RecordExists);
    }

    [PostgresFact]
    public async Task What_nodes_have_left_behind_is_deleted_after_a_month()
    {
        const string Rendezvous = "PubSubRendezvousGrain";
        GrainId[] grains = [GrainId.Create("pubsub", "old"), GrainId.Create("pubsub", "new")];
        foreach (var grain in grains)
        {
            await storage.WriteStateAsync(Rendezvous, grain, new GrainState<Words> { State = new Words() });
        }

        await WriteAsync(Grain, "of another type");
        await AgeAsync("key_text = 'new'", 29);
        await AgeAsync("key_text <> 'new'", 31);

        Assert.Equal(0, await ForgottenSubscriptions.DeleteAsync(fixture.Database.ConnectionString, $"{service}-2", CancellationToken.None));
        Assert.Equal(1, await ForgottenSubscriptions.DeleteAsync(fixture.Database.ConnectionString, service, CancellationToken.None));
        Assert.Equal(2L, await CountAsync());
        var left = new GrainState<Words>();
        await storage.ReadStateAsync(Rendezvous, grains[1], left);
        Assert.True(left.RecordExists);

        Task<object?> AgeAsync(string which, int days) => fixture.Database.ExecuteAsync(
            $"UPDATE orleanschat.grain_states SET modified_at = now() - interval '{days} days' WHERE service_id = '{service}' AND {which}");
    }

    private static async Task<IGrainStorage> OpenAsync(IHost host, string name)
    {
        var opened = host.Services.GetRequiredKeyedService<IGrainStorage>(name);
        await ((ILifecycleParticipant<ISiloLifecycle>)opened).StartAloneAsync();
        return opened;
    }

    private IHost Build(string name) => fixture.BuildSilo(name, (silo, database) =>
        silo.AddAdoNetGrainStorage(Keeping, (AdoNetGrainStorageOptions options) => (options.Invariant, options.ConnectionString) = ("Npgsql", database)));

    private async Task<GrainState<Words>> ReadAsync(GrainId grain)
    {
        var state = new GrainState<Words>();
        await storage.ReadStateAsync(Type, grain, state);
        return state;
    }

    private async Task<GrainState<Words>> WriteAsync(GrainId grain, string text)
    {
        var state = await ReadAsync(grain);
        state.State!.Text = text;
        await storage.WriteStateAsync(Type, grain, state);
        return state;
    }

    private async Task<bool> TryWriteAsync(GrainState<Words> state)
    {
        try
        {
            await storage.WriteStateAsync(Type, Grain, state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private Task<object?> CountAsync() =>
        fixture.Database.ExecuteAsync($"SELECT count(*) FROM orleanschat.grain_states WHERE service_id = '{service}'");

    /// <summary>What the grains of these tests keep.</summary>
    [GenerateSerializer]
    internal sealed class Words
    {
        [Id(0)]
        public string Text { get; set; } = "";
    }
}
