using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Servers;

/// <summary>Where the baselines are that are not written in C#.</summary>
internal static class Baselines
{
    public static string FolderOf(string target) => Path.Combine(Roles.Root, "benchmarks", "baselines", target);
}
