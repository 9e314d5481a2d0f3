namespace Orleans.Placement;

/// <summary>Activations come to the silo that has the fewest. Here there is one silo, so it changes nothing.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ActivationCountBasedPlacementAttribute : Attribute;

/// <summary>Says where activations are placed. Here there is one silo, so it changes nothing.</summary>
/// <param name="strategy">How their silo is chosen.</param>
[AttributeUsage(AttributeTargets.Class)]
public abstract class PlacementAttribute(PlacementStrategy strategy) : Attribute
{
    /// <summary>How their silo is chosen.</summary>
    public PlacementStrategy PlacementStrategy => strategy;
}
