namespace Orleans.Runtime;

/// <summary>How activations' silos are chosen.</summary>
public abstract class PlacementStrategy;
