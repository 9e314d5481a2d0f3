using System.Reflection;
using OrleansChat.Edge;
using OrleansChat.Hosting;

namespace OrleansChat.Api.Tests.Limiting;

/// <summary>The names that a limit can have.</summary>
public sealed class LimitNamesTests
{
    [Fact]
    public void All_limits_of_the_edge_are_known_to_whoever_looks_for_misspelt_ones()
    {
        Assert.Equal(
            typeof(EdgeLimitOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).Order(StringComparer.Ordinal),
            LimitCheck.OfTheEdge.Order(StringComparer.Ordinal));
    }
}
