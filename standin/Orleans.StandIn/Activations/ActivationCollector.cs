using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.StandIn.Hosting;

namespace Orleans.StandIn.Activations;

/// <summary>Has activations leave that nobody uses.</summary>
internal sealed class ActivationCollector(LocalSilo silo, IOptions<GrainCollectionOptions> options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.CollectionQuantum);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var activation in silo.Catalog.All)
                {
                    activation.DeactivateIfIdle(options.Value.CollectionAge);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The silo is stopping.
        }
    }
}
