using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Servers.Product;

/// <summary>The product as one process, with its files store.</summary>
internal static class OrleansChatServer
{
    public static async Task StartAsync(ServerUnderTest server, ServerStart start, CancellationToken cancellationToken)
    {
        var url = Roles.FreeUrl();
        var data = server.NewFolder();
        if (start.Case.History is { } history)
        {
            server.Existing = await StoredConversations.WriteAsync(data, history, cancellationToken);
        }

        var environment = start.WithOptions(new(ProductSettings.Of(start.ModelUrl))
        {
            ["ASPNETCORE_URLS"] = url.GetLeftPart(UriPartial.Authority),
            ["Storage__Path"] = data,
        });
        var telemetryArrives = TelemetrySink.Start(server, start, environment);
        var process = server.Start(start.Options.Command, start.Pinning.Server, Roles.Root, environment);
        server.Urls.Add(url);
        await Readiness.WaitAsync("orleanschat", process, new Uri(url, "health/ready"), start.Patience, cancellationToken);
        await telemetryArrives(cancellationToken);
        if (start.Case.History is { IsTouched: true })
        {
            await StoredConversations.TouchAsync(data, url, cancellationToken);
        }
    }
}
