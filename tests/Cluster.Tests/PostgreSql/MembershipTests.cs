using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Messaging;
using Orleans.Runtime.MembershipService;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Cluster.Tests.PostgreSql;

/// <summary>Our queries for membership, run by Orleans' own provider.</summary>
public sealed class MembershipTests(ClusterDatabaseFixture fixture) : IClassFixture<ClusterDatabaseFixture>, IAsyncLifetime
{
    private const int Many = 16;

    // The database keeps microseconds.
    private static readonly DateTime Start = new DateTime(2026, 11, 21, 8, 15, 30, 250, DateTimeKind.Utc).AddMicroseconds(7);

    private readonly string cluster = $"cluster-{Guid.NewGuid():N}";
    private IHost host = null!;
    private IMembershipTable table = null!;

    public async Task InitializeAsync()
    {
        if (TestPostgres.NoDatabases is null)
        {
            host = fixture.BuildSilo(cluster);
            table = host.Services.GetRequiredService<IMembershipTable>();
            await table.InitializeMembershipTable(true);
        }
    }

    public Task DisposeAsync()
    {
        host?.Dispose();
        return Task.CompletedTask;
    }

    [PostgresFact]
    public async Task Silos_that_start_at_once_make_one_version()
    {
        Assert.IsType<AdoNetClusteringTable>(table);
        using var another = fixture.BuildSilo($"{cluster}-2");
        await Task.WhenAll(Enumerable.Range(0, Many).Select(_ =>
            ActivatorUtilities.CreateInstance<AdoNetClusteringTable>(another.Services).InitializeMembershipTable(true)));

        var other = another.Services.GetRequiredService<IMembershipTable>();
        await other.InitializeMembershipTable(true);
        var empty = await other.ReadAll();
        Assert.Equal((0, "0"), (empty.Version.Version, empty.Version.VersionEtag));
        Assert.Empty(empty.Members);
    }

    [PostgresFact]
    public async Task Of_many_that_join_at_one_version_one_does()
    {
        var version = (await table.ReadAll()).Version;
        var joined = await Task.WhenAll(Enumerable.Range(1, Many).Select(i => Task.Run(() => table.InsertRow(Silo(i), version.Next()))));

        Assert.Single(joined, true);
        var after = await table.ReadAll();
        Assert.Single(after.Members);
        Assert.Equal(version.Version + 1, after.Version.Version);
    }

    [PostgresFact]
    public async Task All_join_that_try_again_each_at_a_version_of_its_own()
    {
        var versions = await Task.WhenAll(Enumerable.Range(1, Many).Select(i => Task.Run(async () =>
        {
            while (true)
            {
                var next = (await table.ReadAll()).Version.Next();
                if (await table.InsertRow(Silo(i), next))
                {
                    return next.Version;
                }
            }
        })));

        Assert.Equal(Enumerable.Range(1, Many), versions.Order());
        var after = await table.ReadAll();
        Assert.Equal(Many, after.Version.Version);
        Assert.Equal(
            Enumerable.Range(1, Many).Select(i => Silo(i).SiloAddress).Order(), after.Members.Select(member => member.Item1.SiloAddress).Order());
    }

    [PostgresFact]
    public async Task A_silo_joins_once()
    {
        await JoinAsync(Silo(1));
        Assert.False(await table.InsertRow(Silo(1), (await table.ReadAll()).Version.Next()));
        Assert.Equal(1, (await table.ReadAll()).Version.Version);

        // Started again it is another one.
        await JoinAsync(Silo(1, generation: 2));
        Assert.Equal(2, (await table.ReadAll()).Members.Count);
    }

    [PostgresFact]
    public async Task What_was_written_is_read_alone_and_with_all_others()
    {
        var silo = Silo(1);
        await JoinAsync(silo);
        await JoinAsync(Silo(2));
        silo.Status = SiloStatus.Active;
        silo.IAmAliveTime = Start.AddSeconds(9);

        // Of these Orleans keeps milliseconds.
        silo.AddSuspector(Silo(2).SiloAddress, Start.AddMicroseconds(-7));
        silo.AddSuspector(Silo(3).SiloAddress, Start.AddMicroseconds(-7).AddSeconds(1));
        Assert.True(await UpdateAsync(silo));

        var alone = Assert.Single((await table.ReadRow(silo.SiloAddress)).Members).Item1;
        var among = (await table.ReadAll()).Members.Select(member => member.Item1).Single(member => member.SiloAddress.Equals(silo.SiloAddress));
        Assert.All([alone, among], read =>
        {
            Assert.Equal(silo.SiloAddress, read.SiloAddress);
            Assert.Equal((silo.SiloName, silo.HostName, silo.Status, silo.ProxyPort), (read.SiloName, read.HostName, read.Status, read.ProxyPort));
            Assert.Equal((silo.StartTime, silo.IAmAliveTime), (read.StartTime, read.IAmAliveTime));
            Assert.Equal((DateTimeKind.Utc, DateTimeKind.Utc), (read.StartTime.Kind, read.IAmAliveTime.Kind));
            Assert.Equal(silo.SuspectTimes, read.SuspectTimes);
        });
        Assert.Equal(3, (await table.ReadRow(silo.SiloAddress)).Version.Version);
        Assert.Empty((await table.ReadRow(Silo(9).SiloAddress)).Members);
        Assert.Equal(3, (await table.ReadRow(Silo(9).SiloAddress)).Version.Version);
    }

    [PostgresFact]
    public async Task Whoever_has_read_an_old_version_is_refused()
    {
        await JoinAsync(Silo(1));
        var old = (await table.ReadAll()).Version;
        await JoinAsync(Silo(2));

        Assert.False(await table.UpdateRow(Silo(1, status: SiloStatus.Dead), "", old.Next()));
        Assert.False(await table.InsertRow(Silo(3), old.Next()));

        var after = await table.ReadAll();
        Assert.Equal(2, after.Version.Version);
        Assert.All(after.Members, member => Assert.Equal(SiloStatus.Joining, member.Item1.Status));
    }

    [PostgresFact]
    public async Task Of_many_that_change_one_version_one_does()
    {
        for (var i = 1; i <= Many; i++)
        {
            await JoinAsync(Silo(i));
        }

        var version = (await table.ReadAll()).Version;
        var changed = await Task.WhenAll(Enumerable.Range(1, Many).Select(i =>
            Task.Run(() => table.UpdateRow(Silo(i, status: SiloStatus.Active), "", version.Next()))));

        Assert.Single(changed, true);
        var after = await table.ReadAll();
        Assert.Single(after.Members, member => member.Item1.Status == SiloStatus.Active);
        Assert.Equal(version.Version + 1, after.Version.Version);
    }

    [PostgresFact]
    public async Task A_silo_that_is_not_there_cannot_change()
    {
        await JoinAsync(Silo(1));
        Assert.False(await UpdateAsync(Silo(2, status: SiloStatus.Dead)));
        Assert.Equal(1, (await table.ReadAll()).Version.Version);
    }

    [PostgresFact]
    public async Task A_sign_of_life_changes_nothing_else_and_no_suspicion_takes_it_back()
    {
        var silo = Silo(1);
        await JoinAsync(silo);
        var suspected = (await table.ReadRow(silo.SiloAddress)).Members.Single().Item1;
        await table.UpdateIAmAlive(new MembershipEntry { SiloAddress = silo.SiloAddress, IAmAliveTime = Start.AddSeconds(30) });

        var alive = await table.ReadRow(silo.SiloAddress);
        Assert.Equal(1, alive.Version.Version);
        Assert.Equal((Start.AddSeconds(30), SiloStatus.Joining), (alive.Members.Single().Item1.IAmAliveTime, alive.Members.Single().Item1.Status));

        suspected.AddSuspector(Silo(2).SiloAddress, Start.AddSeconds(31));
        Assert.True(await UpdateAsync(suspected));
        Assert.Equal(Start.AddSeconds(30), (await table.ReadRow(silo.SiloAddress)).Members.Single().Item1.IAmAliveTime);
    }

    [PostgresFact]
    public async Task Clients_find_the_gateways_of_active_silos_and_no_others()
    {
        SiloStatus[] statuses = [SiloStatus.Active, SiloStatus.Joining, SiloStatus.ShuttingDown, SiloStatus.Stopping, SiloStatus.Dead, SiloStatus.Active];
        for (var i = 0; i < statuses.Length; i++)
        {
            var silo = Silo(i + 1);

            // The last one has no gateway.
            silo.ProxyPort = i == statuses.Length - 1 ? 0 : silo.ProxyPort;
            await JoinAsync(silo);
            Assert.True(await UpdateAsync(Silo(i + 1, status: statuses[i])));
        }

        using var client = fixture.BuildClient(cluster);
        var gateways = client.Services.GetRequiredService<IGatewayListProvider>();
        await gateways.InitializeGatewayListProvider();

        var first = Silo(1);
        Assert.Equal([SiloAddress.New(first.SiloAddress.Endpoint.Address, first.ProxyPort, first.SiloAddress.Generation).ToGatewayUri()], await gateways.GetGateways());
        Assert.Equal(TimeSpan.FromSeconds(3), gateways.MaxStaleness);
    }

    [PostgresFact]
    public async Task Only_the_dead_are_cleaned_up_and_only_those_of_before()
    {
        await JoinAsync(Silo(1, alive: Start));
        await JoinAsync(Silo(2, alive: Start));
        await JoinAsync(Silo(3, alive: Start.AddMicroseconds(1)));
        Assert.True(await UpdateAsync(Silo(2, status: SiloStatus.Dead, alive: Start)));
        Assert.True(await UpdateAsync(Silo(3, status: SiloStatus.Dead, alive: Start.AddMicroseconds(1))));

        // A tick after is how Orleans asks for what is as old as this.
        await table.CleanupDefunctSiloEntries(new DateTimeOffset(Start.AddTicks(1)));

        Assert.Equal(
            [Silo(1).SiloAddress, Silo(3).SiloAddress], (await table.ReadAll()).Members.Select(member => member.Item1.SiloAddress).Order());
        Assert.Equal(5, (await table.ReadAll()).Version.Version);
    }

    [PostgresFact]
    public async Task Clusters_in_one_database_do_not_know_of_each_other()
    {
        await JoinAsync(Silo(1));
        using var another = fixture.BuildSilo($"{cluster}-2");
        var other = another.Services.GetRequiredService<IMembershipTable>();
        await other.InitializeMembershipTable(true);
        Assert.True(await other.InsertRow(Silo(1), (await other.ReadAll()).Version.Next()));

        await table.DeleteMembershipTableEntries(cluster);

        Assert.Single((await other.ReadAll()).Members);
        Assert.Equal(0L, await fixture.Database.ExecuteAsync($"SELECT count(*) FROM orleanschat.silos WHERE cluster_id = '{cluster}'"));
        await table.InitializeMembershipTable(true);
        Assert.Empty((await table.ReadAll()).Members);
    }

    private static MembershipEntry Silo(int number, int generation = 1, SiloStatus status = SiloStatus.Joining, DateTime? alive = null) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Parse($"10.0.0.{number}"), 11_111, generation),
        SiloName = $"silo-{number}",
        HostName = $"host-{number}",
        Status = status,
        ProxyPort = 30_000,
        StartTime = Start,
        IAmAliveTime = alive ?? Start,
    };

    private async Task JoinAsync(MembershipEntry silo) => Assert.True(await table.InsertRow(silo, (await table.ReadAll()).Version.Next()));

    private async Task<bool> UpdateAsync(MembershipEntry silo) => await table.UpdateRow(silo, "", (await table.ReadAll()).Version.Next());
}
