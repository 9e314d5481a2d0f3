using System.Net.Http.Json;
using System.Text.Json;
using OrleansChat.Benchmarks.Load;
using OrleansChat.Benchmarks.Measuring;
using OrleansChat.Benchmarks.ModelServer;

namespace OrleansChat.Benchmarks.Run;

/// <summary>Measures one case once, with fresh processes: nothing of one run is left for the next.</summary>
internal sealed class CaseRunner(RunOptions options, Pinning pinning)
{
    private static readonly TimeSpan s_ownStart = TimeSpan.FromSeconds(30);

    public async Task<RunResult> RunAsync(string target, int conversations, CancellationToken cancellationToken)
    {
        var modelUrl = new Uri($"http://127.0.0.1:{Roles.FreePort()}/");
        using var model = ManagedProcess.Start($"{Roles.Command("model-server")} --port {modelUrl.Port}", pinning.Generator, Roles.Root, []);
        await Readiness.WaitAsync("The model server", model, new Uri(modelUrl, "v1/models"), s_ownStart, cancellationToken);
        using var server = await ServerUnderTest.StartAsync(target, options, pinning, model, modelUrl, cancellationToken);
        using var load = ManagedProcess.Start(LoadCommandLine(target, conversations, server.Url), pinning.Generator, Roles.Root, LoadEnvironment);

        await ReachAsync(load, nameof(LoadPhase.Window), cancellationToken);
        var start = Sample.Take(server.Id, model.Id, load.Id);
        await TakePacingAsync(modelUrl, cancellationToken);

        await ReachAsync(load, nameof(LoadPhase.Drain), cancellationToken);
        var end = Sample.Take(server.Id, model.Id, load.Id);
        server.ThrowIfEnded(target);
        var resident = ProcessTree.ResidentBytes(server.Id);
        var pacing = await TakePacingAsync(modelUrl, cancellationToken);

        var result = JsonSerializer.Deserialize<LoadResult>(await NextLineAsync(load, cancellationToken))!;
        await load.WaitForExitAsync(cancellationToken);
        return new RunResult
        {
            Target = target,
            Conversations = conversations,
            Load = result,
            Cpu = CpuUse.Between(start, end),
            ResidentBytes = resident,
            Pacing = pacing,
        };
    }

    /// <summary>Reads complete on the thread that polls the sockets, which is both cheaper and closer to the time of arrival.</summary>
    private static Dictionary<string, string> LoadEnvironment { get; } = new() { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1" };

    private string LoadCommandLine(string target, int conversations, Uri url) =>
        $"{Roles.Command("load")} --target {target} --url {url} --conversations {conversations} --rate {options.Rate} "
        + $"--seconds {options.Seconds} --warmup {options.Warmup} --header '{options.Header}'";

    private static async Task ReachAsync(ManagedProcess load, string phase, CancellationToken cancellationToken)
    {
        while (await NextLineAsync(load, cancellationToken) != phase)
        {
            // An earlier phase.
        }
    }

    private static async Task<string> NextLineAsync(ManagedProcess load, CancellationToken cancellationToken)
    {
        while (await load.Output.WaitToReadAsync(cancellationToken))
        {
            if (load.Output.TryRead(out var line))
            {
                return line;
            }
        }

        await load.WaitForExitAsync(cancellationToken);
        throw new UsageException($"The clients gave up. Their last words:{Environment.NewLine}{load.LastWords()}");
    }

    private static async Task<PacingFigures> TakePacingAsync(Uri modelUrl, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = modelUrl };
        return (await http.GetFromJsonAsync<PacingFigures>(new Uri("pacing", UriKind.Relative), cancellationToken))!;
    }
}
