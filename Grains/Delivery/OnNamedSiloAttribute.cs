using Orleans.Placement;

namespace OrleansChat.Delivery;

/// <summary>For grains that speak for a silo: they are placed on the one whose <see cref="SiloId"/> is their key.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnNamedSiloAttribute() : PlacementAttribute(new NamedSiloPlacement());
