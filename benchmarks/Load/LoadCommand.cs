using System.Text.Json;
using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.Load;

/// <summary>
/// The role <c>load</c>. Says each <see cref="LoadPhase"/> on a line of its own when it begins, then the result as JSON, so that
/// whoever started it can sample the server exactly at the window's edges.
/// </summary>
internal static class LoadCommand
{
    public static async Task<int> ExecuteAsync(Arguments arguments)
    {
        var plan = new LoadPlan(
            Conversations: arguments.Take("conversations", 200),
            Rate: arguments.Take("rate", 30.0),
            RampSeconds: arguments.Take("ramp", LoadPlan.DefaultRampSeconds),
            WarmupSeconds: arguments.Take("warmup", LoadPlan.DefaultWarmupSeconds),
            WindowSeconds: arguments.Take("seconds", LoadPlan.DefaultWindowSeconds));
        var url = new Uri(arguments.Require("url"));
        using var target = Target.Create(arguments.Take("target", "relay"), url, arguments.Take("header", ""));
        arguments.ThrowIfAnyLeft();
        OpenFiles.ThrowIfTooFewFor(plan.Conversations);

        try
        {
            Announce(LoadPhase.Prime);
            await Round.RunAsync(plan.Priming, target, _ => { });
            await Task.Delay(LoadPlan.PauseAfterPriming);

            var result = await Round.RunAsync(plan, target, Announce);
            Console.WriteLine(JsonSerializer.Serialize(result));
            return 0;
        }
        catch (HttpRequestException problem)
        {
            await Console.Error.WriteLineAsync($"Preparing a conversation failed: {problem.Message}");
            return 1;
        }
    }

    private static void Announce(LoadPhase phase) => Console.WriteLine(phase);
}
