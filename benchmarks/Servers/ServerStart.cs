using OrleansChat.Benchmarks.Experiments;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Servers;

/// <summary>What there is to know when a target is started.</summary>
internal sealed record ServerStart(Case Case, RunOptions Options, Pinning Pinning, ManagedProcess Model, Uri ModelUrl)
{
    public TimeSpan Patience => TimeSpan.FromSeconds(Options.ReadySeconds);

    /// <summary>Adds what <c>--environment</c> says.</summary>
    public Dictionary<string, string> WithOptions(Dictionary<string, string> environment)
    {
        foreach (var setting in Options.Environment)
        {
            var (name, value) = setting.Split('=', 2) is [var left, var right]
                ? (left, right)
                : throw new UsageException($"--environment: '{setting}' is not NAME=value.");
            environment[name] = value;
        }

        return environment;
    }
}
