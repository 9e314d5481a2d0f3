using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Servers;

/// <summary>FastAPI under uvicorn with its faster loop and parser: one worker, as a core has it.</summary>
internal static class FastApiServer
{
    public static async Task StartAsync(ServerUnderTest server, ServerStart start, CancellationToken cancellationToken)
    {
        await DebianPackages.EnsureAsync(
            cancellationToken, "python3-fastapi", "python3-httpx", "python3-uvicorn", "python3-uvloop", "python3-httptools");
        var url = Roles.FreeUrl();
        var process = server.Start(
            $"/usr/bin/python3 -m uvicorn server:app --host 127.0.0.1 --port {url.Port} --loop uvloop --http httptools --backlog 4096 "
            + "--log-level warning --no-access-log",
            start.Pinning.Server,
            Baselines.FolderOf("fastapi"),
            new Dictionary<string, string> { ["MODEL_URL"] = $"{start.ModelUrl}", ["PYTHONDONTWRITEBYTECODE"] = "1" });
        server.Urls.Add(url);
        await Readiness.WaitAsync("fastapi", process, new Uri(url, "health/ready"), start.Patience, cancellationToken);
    }
}
