using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.SignIn;

/// <summary>Tests that share one product with keys; each works with owners of its own, or with keys of its own.</summary>
[CollectionDefinition(Name)]
public sealed class KeyedCollection : ICollectionFixture<KeyedProduct>
{
    /// <summary>Its name.</summary>
    public const string Name = "keyed";
}
