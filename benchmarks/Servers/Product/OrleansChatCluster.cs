using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Servers.Product;

/// <summary>The product as a cluster: silos and API nodes as processes of their own, over a PostgreSQL server, which is part of it.</summary>
internal static class OrleansChatCluster
{
    private const string Joined = "has joined cluster";

    // As an argument, because shells drop variables with a dot in their name.
    private const string SaysThatItJoined = "--Logging:LogLevel:OrleansChat.Hosting.SiloReport=Information";

    public static async Task StartAsync(ServerUnderTest server, ServerStart start, CancellationToken cancellationToken)
    {
        var topology = start.Case.Topology!;
        var database = await PostgresServer.StartAsync(server, start, cancellationToken);
        var environment = start.WithOptions(new(ProductSettings.Of(start.ModelUrl))
        {
            ["Cluster__Mode"] = "PostgreSQL",
            ["ConnectionStrings__PostgreSQL"] = database,
            ["Cluster__AdvertisedAddress"] = "127.0.0.1",
        });

        // One after the other: the first one makes the tables.
        for (var i = 0; i < topology.Silos; i++)
        {
            var silo = server.Start($"{start.Options.SiloCommand} {SaysThatItJoined}", start.Pinning.Server, Roles.Root, new Dictionary<string, string>(environment)
            {
                ["Cluster__SiloPort"] = $"{Roles.FreePort()}",
                ["Cluster__GatewayPort"] = $"{Roles.FreePort()}",
            });
            await Readiness.WaitForLineAsync($"Silo {i + 1}", silo, Joined, start.Patience, cancellationToken);
        }

        await Task.WhenAll(Enumerable.Range(0, topology.Apis).Select(_ => StartApiAsync(server, start, environment, cancellationToken)));
    }

    private static Task StartApiAsync(
        ServerUnderTest server, ServerStart start, Dictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var url = Roles.FreeUrl();
        var api = server.Start(start.Options.Command, start.Pinning.Server, Roles.Root, new Dictionary<string, string>(environment)
        {
            ["ASPNETCORE_URLS"] = url.GetLeftPart(UriPartial.Authority),
        });
        server.Urls.Add(url);
        return Readiness.WaitAsync("An API node", api, new Uri(url, "health/ready"), start.Patience, cancellationToken);
    }
}
