namespace Orleans;

/// <summary>Makes references to grains.</summary>
public interface IGrainFactory
{
    /// <summary>A reference to the grain that a number names.</summary>
    /// <exception cref="ArgumentException">No class, or more than one, implements the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey;

    /// <summary>A reference to the grain that a text names.</summary>
    /// <exception cref="ArgumentException">No class, or more than one, implements the interface.</exception>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;
}

/// <summary>Calls grains and streams from code that is no grain.</summary>
public interface IClusterClient : IGrainFactory
{
    /// <summary>The services of the host that this client is part of.</summary>
    IServiceProvider ServiceProvider { get; }
}
