namespace OrleansChat.Delivery;

/// <summary>Names one run of one silo.</summary>
/// <param name="Value">A name that no other silo, and no earlier run of this one, has. In a cluster, its address with the generation.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.SiloId")]
public sealed record SiloId([property: Id(0)] string Value)
{
    /// <inheritdoc />
    public override string ToString() => Value;
}
