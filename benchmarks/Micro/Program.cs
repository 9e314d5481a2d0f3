using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using OrleansChat.Benchmarks.Run;
using OrleansChat.Micro;

// In this process: a project that BenchmarkDotNet generates would be built by the repository's rules, and take a minute.
var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithGcServer(false).WithPlatform(Platform.X64);
var config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(job)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .WithArtifactsPath(Path.Combine(Roles.Root, "artifacts", "micro"))
    .WithOptions(ConfigOptions.JoinSummary);
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Reply).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config).ToArray();
if (summaries is [{ HasCriticalValidationErrors: false, Reports.Length: > 0 } summary])
{
    Console.WriteLine($"Written to {MicroReport.Write(summary)}.");
}
