using OrleansChat.Benchmarks.Abuse.Scenarios;

namespace OrleansChat.Benchmarks.Abuse;

/// <summary>The role <c>abuse</c>: does to a server of its own what nobody should, and sees what that does to others.</summary>
internal static class AbuseCommand
{
    public static async Task<int> ExecuteAsync(Arguments arguments)
    {
        var options = AbuseOptions.From(arguments);
        arguments.ThrowIfAnyLeft();
        IScenario[] all = [new Malformed(), new SlowHeaders(), new SlowBodies(), new Strangers(), new IdleConnections(), new FullHouse(), new SlowReaders(), new CutSlowReaders(), new Stampede()];
        var wanted = options.Only is null ? all : [.. all.Where(scenario => options.Only.Contains(scenario.Name))];
        if (wanted.Length != (options.Only?.Length ?? all.Length))
        {
            throw new UsageException($"--only takes some of {string.Join(", ", all.Select(scenario => scenario.Name))}.");
        }

        var report = new AbuseReport(string.Join(' ', Environment.GetCommandLineArgs().Skip(1)));
        foreach (var scenario in wanted)
        {
            Console.Error.WriteLine(scenario.Name);
            await using var server = await ServerUnderAttack.StartAsync(scenario.Settings);
            await scenario.RunAsync(server, options);
            report.Add(scenario, server);
        }

        await report.PublishAsync(options.Name);
        return report.HasFailed ? 1 : 0;
    }
}
