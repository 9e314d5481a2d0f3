namespace OrleansChat.Browser.Tests.Sites;

/// <summary>A product for the tests that break something: its network, or itself.</summary>
[CollectionDefinition(nameof(BreakingSite))]
public sealed class BreakingSite : Site, ICollectionFixture<BreakingSite>;
