using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansChat.Delivery;

namespace OrleansChat.Hosting;

/// <summary>Tells those in this process who want to know that a silo is gone.</summary>
internal sealed class SiloDepartures(ISiloStatusOracle cluster, IEnumerable<ISiloDepartures> interested) : IHostedService, ISiloStatusListener
{
    /// <summary>For a client: it has no word on the cluster's silos, but its connection to one breaks at once when that is killed.</summary>
    public static GatewayCountChangedHandler OfClient(IServiceProvider services) => (_, change) =>
    {
        if (change.NumberOfConnectedGateways < change.PreviousNumberOfConnectedGateways)
        {
            Tell(services.GetServices<ISiloDepartures>());
        }
    };

    /// <inheritdoc />
    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        if (status == SiloStatus.Dead)
        {
            Tell(interested);
        }
    }

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        cluster.SubscribeToSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken)
    {
        cluster.UnSubscribeFromSiloStatusEvents(this);
        return Task.CompletedTask;
    }

    private static void Tell(IEnumerable<ISiloDepartures> interested)
    {
        foreach (var one in interested)
        {
            one.SiloLeft();
        }
    }
}
