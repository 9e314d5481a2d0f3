using OrleansChat.Deploy.Tests.Images;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;

namespace OrleansChat.Deploy.Tests.Clusters;

/// <summary>Images of silo and API make a cluster.</summary>
public class ClusterImageTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [ClusterContainerFact]
    public async Task Silos_and_an_API_that_may_write_nowhere_hold_conversations_in_PostgreSQL()
    {
        using var silo = await Image.PublishAsync("Silo");
        using var gateway = await Image.PublishAsync("Api");
        await using var first = await StartSiloAsync(silo);
        await using var second = await StartSiloAsync(silo);
        var port = FreePort.Next();
        await using var api = Container.Start(gateway, null, [.. Cluster(), ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}")]);
        using var client = new ChatApi(new Uri($"http://127.0.0.1:{port}"));
        await api.ReadyAsync(client);

        var conversation = await client.CreateAsync();
        using var reader = await client.SendAndFollowAsync(conversation, "hello [demo: tokens=5 rate=500]");
        await reader.ToEndAsync();
        Assert.Equal("reply.completed", reader.Events[^1].Type);

        // Whichever silo had it, the other finds it in the database.
        Assert.Equal(0, await first.StopAsync());
        Assert.Equal("completed", (await client.LastMessageAsync(conversation)).GetProperty("status").GetString());
        Assert.Equal((0, 0), (await api.StopAsync(), await second.StopAsync()));
    }

    private async Task<Container> StartSiloAsync(Image image)
    {
        var health = FreePort.Next();
        var container = Container.Start(image, null,
        [
            .. Cluster(),
            ("Cluster__AdvertisedAddress", "127.0.0.1"),
            ("Cluster__SiloPort", $"{FreePort.Next()}"),
            ("Cluster__GatewayPort", $"{FreePort.Next()}"),
            ("Health__Port", $"{health}"),
        ]);
        await container.OpenAsync(health);
        return container;
    }

    private (string Name, string Value)[] Cluster() =>
    [
        ("Cluster__Mode", "PostgreSQL"),
        ("ConnectionStrings__PostgreSQL", postgres.Database.ConnectionString),
    ];

    /// <summary>A test that needs containers and a database.</summary>
    private sealed class ClusterContainerFactAttribute : FactAttribute
    {
        public ClusterContainerFactAttribute() => Skip = new ContainerFactAttribute().Skip ?? TestPostgres.NoDatabases;
    }
}
