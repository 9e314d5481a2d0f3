namespace Orleans.Configuration;

/// <summary>When activations leave that nobody uses.</summary>
public sealed class GrainCollectionOptions
{
    /// <summary>How often to look. Default 1 minute.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an activation stays after its last use. Default 15 minutes.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long activating may take. Default 30 seconds.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long deactivating may take. Default 30 seconds.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Calls.</summary>
public abstract class MessagingOptions
{
    /// <summary>How long a caller waits for a reply. Default 30 seconds.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>Calls that grains, and other code in the silo's host, make.</summary>
public sealed class SiloMessagingOptions : MessagingOptions;

/// <summary>Calls that a client makes.</summary>
public sealed class ClientMessagingOptions : MessagingOptions;

/// <summary>How Orleans takes items from a stream's queue. The stand-in has no queue to poll and delivers at once.</summary>
public sealed class StreamPullingAgentOptions
{
    /// <summary>How often to look. Has no effect here.</summary>
    public TimeSpan GetQueueMsgsTimerPeriod { get; set; } = TimeSpan.FromMilliseconds(100);
}

/// <summary>Grain storage in memory, of which the stand-in has none: nothing that it covers stores anything there.</summary>
public sealed class MemoryGrainStorageOptions;
