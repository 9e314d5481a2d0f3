using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.StandIn.Activations;
using Orleans.StandIn.Calls;
using Orleans.StandIn.Streams;

namespace Orleans.StandIn.Hosting;

/// <summary>The one silo: what grains, callers and streams of this process share.</summary>
internal sealed partial class LocalSilo
{
    public LocalSilo(
        IServiceProvider services,
        GrainClasses classes,
        IOptions<GrainCollectionOptions> collection,
        IOptions<SiloMessagingOptions> messaging,
        ILoggerFactory loggers)
    {
        Services = services;
        Classes = classes;
        Collection = collection.Value;
        Logger = loggers.CreateLogger("Orleans.StandIn");
        Catalog = new Catalog(this, classes);
        Streams = new StreamHub(this);
        Calls = new CallSender(() => this, () => messaging.Value.ResponseTimeout);
        Grains = new GrainFactory(Calls);
    }

    public IServiceProvider Services { get; }

    public GrainClasses Classes { get; }

    public GrainCollectionOptions Collection { get; }

    public ILogger Logger { get; }

    public Catalog Catalog { get; }

    public StreamHub Streams { get; }

    /// <summary>Calls from grains and from other code of the silo's host.</summary>
    public CallSender Calls { get; }

    public GrainFactory Grains { get; }

    public bool IsStopping { get; private set; }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        IsStopping = true;
        foreach (var activation in await Catalog.StopAsync(cancellationToken))
        {
            LogLeftBehind(Logger, activation.GrainId);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The silo stops although {Grain} has not ended its calls")]
    private static partial void LogLeftBehind(ILogger logger, GrainId grain);
}
