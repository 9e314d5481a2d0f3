using Orleans.Runtime.Placement;

namespace OrleansChat.Delivery;

/// <summary>Places grains that speak for a silo on that silo.</summary>
internal sealed class NamedSiloDirector : IPlacementDirector
{
    /// <inheritdoc />
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        var key = target.GrainIdentity.Key.ToString();
        return Task.FromResult(Array.Find(silos, silo => silo.ToParsableString() == key) ?? silos[0]);
    }
}
