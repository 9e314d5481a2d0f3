namespace OrleansChat.Delivery;

/// <summary>On the silo whose <see cref="SiloId"/> is the grain's key; anywhere, where that is gone.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.NamedSiloPlacement")]
internal sealed class NamedSiloPlacement : PlacementStrategy;
