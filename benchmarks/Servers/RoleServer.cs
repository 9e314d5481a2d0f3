using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Servers;

/// <summary>The baselines that are roles of this program: relay and hub, each a process or, of a case with nodes, so many.</summary>
internal static class RoleServer
{
    public static Task StartAsync(ServerUnderTest server, ServerStart start, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, start.Case.Topology?.Apis ?? 1).Select(_ => StartNodeAsync(server, start, cancellationToken)));

    private static Task StartNodeAsync(ServerUnderTest server, ServerStart start, CancellationToken cancellationToken)
    {
        var url = Roles.FreeUrl();
        var process = server.Start(
            $"{Roles.Command(start.Case.Target)} --port {url.Port} --model {start.ModelUrl}",
            start.Pinning.Server,
            Roles.Root,
            // Has what a web project has by default, and these lack for living in a console project.
            start.WithOptions(new() { ["DOTNET_gcServer"] = "1" }));
        server.Urls.Add(url);
        return Readiness.WaitAsync(start.Case.Target, process, new Uri(url, "health/ready"), start.Patience, cancellationToken);
    }
}
