using OrleansChat.Clients.Tests.Installation;
using OrleansChat.Testing.Npm;
using OrleansChat.Testing.Product;

namespace OrleansChat.Clients.Tests.Runs;

/// <summary>Runs JavaScript that imports the installed packages.</summary>
internal static class NodeScript
{
    /// <summary>Starts a script.</summary>
    /// <param name="node">What runs it.</param>
    /// <param name="path">Its file.</param>
    /// <param name="baseUrl">The product's address.</param>
    /// <param name="values">What else the environment tells it.</param>
    public static ClientRun Start(NodeVersion node, string path, Uri baseUrl, IEnumerable<(string Name, string Value)> values)
    {
        var hook = new Uri(Path.Combine(ClientPackages.Scripts, "packages.mjs"));
        (string Name, string Value)[] environment =
        [
            // What the machine's own user has configured is none of the tests' business.
            ("NODE_OPTIONS", ""),
            ("BASE_URL", baseUrl.GetLeftPart(UriPartial.Authority)),
            ("PACKAGES_DIRECTORY", ClientPackages.Directory),
            .. values,
        ];
        return new ClientRun(ProgramProcess.StartCommand([NodePrograms.PathOf(node), "--import", hook.AbsoluteUri, path], environment), Path.GetFileName(path));
    }
}
