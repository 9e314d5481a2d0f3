namespace OrleansChat.Keys;

/// <summary>A key by which the cluster's API nodes seal sessions and tickets.</summary>
/// <param name="Xml">The key as ASP.NET Core's Data Protection writes it.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.SigningKey")]
public sealed record SigningKey([property: Id(0)] string Xml)
{
    /// <summary>Nothing of the key: it is printed nowhere.</summary>
    public override string ToString() => nameof(SigningKey);
}
