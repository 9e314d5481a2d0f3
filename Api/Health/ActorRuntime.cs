using System.Reflection;

namespace OrleansChat.Health;

/// <summary>Which build of Orleans this process runs on, as its assembly tells it.</summary>
internal static class ActorRuntime
{
    /// <summary>Product and version, for example <c>Microsoft Orleans 10.4.2</c>.</summary>
    public static string Name { get; } = Read(typeof(Grain).Assembly);

    private static string Read(Assembly assembly)
    {
        var product = assembly.GetCustomAttribute<AssemblyProductAttribute>()?.Product ?? assembly.GetName().Name;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

        // Behind the version stands whatever the build appends: a commit, a sentence.
        return $"{product} {version.Split('+', ' ')[0].TrimEnd('.')}";
    }
}
