using System.Globalization;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;

namespace OrleansChat.Benchmarks.FailureDetection;

/// <summary>The role <c>failure-detection</c>: how soon the others take a dead silo for dead, and how often a living one.</summary>
internal static class FailureDetectionCommand
{
    public static async Task<int> ExecuteAsync(Arguments arguments)
    {
        var silos = arguments.Take("silos", 2);
        var kills = arguments.Take("kills", 10);
        var suspensions = arguments.Take("suspensions", 5);
        var loops = arguments.Take("busy-loops", 2 * Environment.ProcessorCount);
        var busyTime = TimeSpan.FromSeconds(arguments.Take("busy-seconds", 60));
        arguments.ThrowIfAnyLeft();
        if (TestPostgres.NoDatabases is { } reason)
        {
            throw new UsageException(reason);
        }

        await using var database = await TestPostgres.CreateDatabaseAsync();
        await using var cluster = await ClusterProcesses.StartAsync("failure-detection", database.ConnectionString, silos, apis: 0);
        await using var membership = await Membership.OpenAsync(database.ConnectionString);
        var report = new FailureDetectionReport(silos, string.Join(' ', Environment.GetCommandLineArgs().Skip(1)));

        await MeasureAsync("no loops", "SIGKILL", kills, silo => silo.KillAsync());
        await MeasureAsync("no loops", "SIGSTOP", suspensions, silo => silo.SuspendAsync());
        using (BusyLoops.Start(loops))
        {
            var before = await membership.DeadAsync();
            var missedBefore = MissedProbes();
            await Task.Delay(busyTime);
            report.Busy(loops, busyTime, await membership.DeadAsync() - before, MissedProbes() - missedBefore);
            await MeasureAsync($"{loops} busy loops", "SIGKILL", kills, silo => silo.KillAsync());
        }

        await report.PublishAsync();
        return 0;

        async Task MeasureAsync(string machine, string signal, int runs, Func<SiloProcess, Task> hit)
        {
            var times = new List<TimeSpan>();
            for (var run = 1; run <= runs; run++)
            {
                // Long enough for the probes' adaptation to settle, and never at the same moment of their period.
                await Task.Delay(TimeSpan.FromSeconds(5 + (2 * Random.Shared.NextDouble())));
                var silo = cluster.Silos[run % silos];
                var watch = membership.Watch(silo.Port);
                await hit(silo);
                times.Add(await watch.WhenDeadAsync());
                Console.Error.WriteLine($"{machine}, {signal}, run {run}: {times[^1].TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms");
                await silo.KillAsync();
                report.EndedAtStart += await StartAsync(silo);
            }

            report.Noticed(machine, signal, times);
        }

        // Once again when it is taken for dead before it has joined, as a supervisor would.
        static async Task<int> StartAsync(SiloProcess silo)
        {
            for (var failures = 0; ; failures++)
            {
                try
                {
                    await silo.StartAsync();
                    return failures;
                }
                catch (InvalidOperationException e)
                {
                    await Console.Error.WriteLineAsync(e.Message);
                }
            }
        }

        int MissedProbes() => cluster.Silos.Sum(silo => silo.Log.Split("Did not get response for probe").Length - 1);
    }
}
