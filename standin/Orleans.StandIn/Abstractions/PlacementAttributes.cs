namespace Orleans.Placement;

/// <summary>Activations come to the silo that has the fewest. Here there is one silo, so it changes nothing.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ActivationCountBasedPlacementAttribute : Attribute;
