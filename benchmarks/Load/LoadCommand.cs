using System.Text.Json;
using OrleansChat.Benchmarks.Load.Channels;
using OrleansChat.Benchmarks.Load.Replies;
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
        var plan = LoadPlan.From(arguments);
        var server = ServerAddress.From(arguments);
        var target = arguments.Take("target", "relay");
        arguments.ThrowIfAnyLeft();
        OpenFiles.ThrowIfTooFewFor(Math.Max(plan.Readers, plan.Conversations));

        try
        {
            Console.WriteLine(JsonSerializer.Serialize(await RunAsync(plan, target, server)));
            return 0;
        }
        catch (HttpRequestException problem)
        {
            await Console.Error.WriteLineAsync($"Preparing a conversation failed: {problem.Message}");
            return 1;
        }
    }

    private static async Task<LoadResult> RunAsync(LoadPlan plan, string name, ServerAddress server)
    {
        if (plan.Kind == LoadKind.Replies)
        {
            using var target = ReplyTarget.Create(name, server);
            return await RunAsync(plan, (part, announce) => ReplyRound.RunAsync(part, target, announce));
        }

        using var channels = ChannelTarget.Create(name, server);
        return await RunAsync(plan, (part, announce) => ChannelRound.RunAsync(part, channels, announce));
    }

    private static async Task<LoadResult> RunAsync(LoadPlan plan, Func<LoadPlan, Action<LoadPhase>, Task<LoadResult>> round)
    {
        Announce(LoadPhase.Prime);
        await round(plan.Priming, _ => { });
        await Task.Delay(LoadPlan.PauseAfterPriming);
        return await round(plan, Announce);
    }

    private static void Announce(LoadPhase phase) => Console.WriteLine(phase);
}
