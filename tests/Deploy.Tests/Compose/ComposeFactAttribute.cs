using OrleansChat.Deploy.Tests.Tools;

namespace OrleansChat.Deploy.Tests.Compose;

/// <summary>A test that needs Compose; skipped, with the reason, where there is none.</summary>
public sealed class ComposeFactAttribute : FactAttribute
{
    public ComposeFactAttribute() => Skip = Command.Length == 0 ? "Neither docker compose nor docker-compose is installed." : null;

    /// <summary>How it is called here: Docker's plug-in, or the program that came before it; empty where there is neither.</summary>
    internal static string[] Command { get; } = Find();

    private static string[] Find()
    {
        if (Tool.Find("docker") is { } docker && Tool.Succeeds(docker, "compose", "version"))
        {
            return [docker, "compose"];
        }

        return Tool.Find("docker-compose") is { } alone ? [alone] : [];
    }
}
