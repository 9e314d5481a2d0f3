using System.Globalization;

namespace Orleans.StandIn.Calls;

/// <inheritdoc />
internal sealed class GrainFactory(CallSender sender) : IGrainFactory
{
    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)(object)Reference(typeof(TGrainInterface), primaryKey.ToString(CultureInfo.InvariantCulture), grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return (TGrainInterface)(object)Reference(typeof(TGrainInterface), primaryKey, grainClassNamePrefix);
    }

    private GrainReference Reference(Type grainInterface, string key, string? prefix)
    {
        if (prefix is not null)
        {
            throw new NotSupportedException("The Orleans stand-in finds a grain's class by its interface alone.");
        }

        return GrainReference.Create(grainInterface, new GrainId(sender.Silo.Classes.Implementing(grainInterface).Name, key), sender);
    }
}

/// <inheritdoc />
internal sealed class ClusterClient(IServiceProvider services, CallSender sender) : IClusterClient
{
    private readonly GrainFactory grains = new(sender);

    public IServiceProvider ServiceProvider => services;

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        grains.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        grains.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix);
}
