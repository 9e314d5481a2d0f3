using System.Net.Http.Json;
using System.Text.Json;
using OrleansChat.Benchmarks.Experiments;
using OrleansChat.Benchmarks.Load;
using OrleansChat.Benchmarks.Measuring;
using OrleansChat.Benchmarks.ModelServer;
using OrleansChat.Benchmarks.Servers;

namespace OrleansChat.Benchmarks.Run;

/// <summary>Measures one case once, with fresh processes: nothing of one run is left for the next.</summary>
internal sealed class CaseRunner(RunOptions options, Pinning pinning)
{
    private static readonly TimeSpan s_ownStart = TimeSpan.FromSeconds(30);

    public async Task<RunResult> RunAsync(Case @case, CancellationToken cancellationToken)
    {
        // A server that is one process has connections to both sides.
        OpenFiles.ThrowIfTooFewFor(@case.Plan.Readers + (@case.Topology is null ? @case.Plan.Conversations : 0));
        var cores = pinning.For(@case);
        var modelUrl = Roles.FreeUrl();
        using var model = ManagedProcess.Start($"{Roles.Command("model-server")} --port {modelUrl.Port}", cores.Generator, Roles.Root, []);
        await Readiness.WaitAsync("The model server", model, new Uri(modelUrl, "v1/models"), s_ownStart, cancellationToken);
        using var server = await ServerCatalog.StartAsync(new ServerStart(@case, options, cores, model, modelUrl), cancellationToken);
        using var load = ManagedProcess.Start(LoadCommandLine(@case, server), cores.Generator, Roles.Root, LoadEnvironment);

        await ReachAsync(load, nameof(LoadPhase.Ramp), cancellationToken);
        var residentBefore = server.Ids.Sum(ProcessTree.ResidentBytes);

        await ReachAsync(load, nameof(LoadPhase.Window), cancellationToken);
        var start = Sample.Take(server.Ids, model.Id, load.Id);
        await TakePacingAsync(modelUrl, cancellationToken);

        await ReachAsync(load, nameof(LoadPhase.Drain), cancellationToken);
        var end = Sample.Take(server.Ids, model.Id, load.Id);
        server.ThrowIfEnded();
        var resident = server.Ids.Sum(ProcessTree.ResidentBytes);
        var pacing = await TakePacingAsync(modelUrl, cancellationToken);

        var result = JsonSerializer.Deserialize<LoadResult>(await NextLineAsync(load, cancellationToken))!;
        await load.WaitForExitAsync(cancellationToken);
        return new RunResult
        {
            Case = @case,
            Load = result,
            Cpu = CpuUse.Between(start, end),
            ResidentBytesBefore = residentBefore,
            ResidentBytes = resident,
            Pacing = pacing,
        };
    }

    /// <summary>Reads complete on the thread that polls the sockets, which is both cheaper and closer to the time of arrival.</summary>
    private static Dictionary<string, string> LoadEnvironment { get; } = new() { ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1" };

    private string LoadCommandLine(Case @case, ServerUnderTest server) =>
        $"{Roles.Command("load")} --target {@case.Target} --url {string.Join(',', server.Urls)} {@case.Plan.ToArguments()} "
        + $"--existing '{server.Existing}' --header '{options.Header}'";

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
