using Microsoft.Extensions.DependencyInjection;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>Which silo a conversation lives on.</summary>
public class PlacementTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Conversations_that_come_all_at_once_by_one_gateway_are_spread_evenly()
    {
        const int Conversations = 100;
        await using var cluster = await ChatCluster.StartAsync();
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        await Task.WhenAll(cluster.Silos.Silos.Select(silo => KnowsAllAsync(cluster, silo.SiloAddress))).WaitAsync(Patience);

        // A silo counts from its first placement on.
        await node.Api.CreateAsync();
        await cluster.Silos.GrainFactory.GetGrain<IManagementGrain>(0).ForceRuntimeStatisticsCollection(null!);

        var created = await Task.WhenAll(Enumerable.Range(0, Conversations).Select(_ => node.Api.CreateAsync()));

        var silos = await Task.WhenAll(created.Select(cluster.SiloOfAsync));
        Assert.All(cluster.Silos.Silos, silo => Assert.InRange(silos.Count(of => of == silo), Conversations / 4, Conversations * 3 / 4));
    }

    // News of another silo takes a moment to come, and until then there is one place only.
    private static async Task KnowsAllAsync(ChatCluster cluster, SiloAddress silo)
    {
        var membership = cluster.Silos.GetSiloServiceProvider(silo).GetRequiredService<IClusterMembershipService>();
        await foreach (var snapshot in membership.MembershipUpdates)
        {
            if (cluster.Silos.Silos.All(other => snapshot.GetSiloStatus(other.SiloAddress) == SiloStatus.Active))
            {
                return;
            }
        }
    }
}
