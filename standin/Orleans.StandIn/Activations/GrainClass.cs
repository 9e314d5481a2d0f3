using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;

namespace Orleans.StandIn.Activations;

/// <summary>A grain class, and what its attributes say.</summary>
internal sealed class GrainClass
{
    private readonly ObjectFactory factory;

    public GrainClass(Type type)
    {
        Type = type;
        Name = TypeName(type);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        MaxWorkers = type.GetCustomAttribute<StatelessWorkerAttribute>()?.MaxLocalWorkers ?? 0;
        factory = ActivatorUtilities.CreateFactory(type, []);
    }

    public Type Type { get; }

    /// <summary>The first part of the names of its grains.</summary>
    public string Name { get; }

    public bool IsReentrant { get; }

    /// <summary>How many activations a key may have, for a stateless worker; 0 for a grain with one.</summary>
    public int MaxWorkers { get; }

    public object Create(IServiceProvider services) => factory(services, null);

    // Orleans' convention: the class name without "Grain", in lower case.
    private static string TypeName(Type type) =>
        (type.Name.EndsWith("Grain", StringComparison.Ordinal) && type.Name.Length > 5 ? type.Name[..^5] : type.Name).ToLowerInvariant();
}
