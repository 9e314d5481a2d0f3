using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansChat.Conversations;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>What grains throw on its way to API nodes.</summary>
public class ExceptionsTests
{
    [Fact]
    public async Task A_cause_that_API_nodes_cannot_know_stays_where_it_was_met()
    {
        await using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var thrown = new StorageUnavailableException("The journal is away.", new DriverException());
        Assert.Contains(nameof(DriverException), thrown.ToString(), StringComparison.Ordinal);

        var arrived = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(thrown));

        Assert.Equal("The journal is away.", Assert.IsType<StorageUnavailableException>(arrived).Message);
        Assert.Null(((StorageUnavailableException)arrived).Cause);
        Assert.IsType<ConversationMovingException>(serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(new ConversationMovingException())));
    }

    // Nobody can make a copy of it.
    private sealed class DriverException : Exception;
}
