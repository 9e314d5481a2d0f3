namespace OrleansChat.Benchmarks.Servers;

/// <summary>Installs what a baseline's <c>package-lock.json</c> says, once.</summary>
internal static class NodePackages
{
    public static async Task EnsureAsync(string folder, CancellationToken cancellationToken)
    {
        // npm writes the second file when it is done.
        var wanted = new FileInfo(Path.Combine(folder, "package-lock.json"));
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc)
        {
            return;
        }

        await Console.Error.WriteLineAsync($"Installing the packages of {Path.GetFileName(folder)} …");
        var (succeeded, said) = await Shell.RunAsync("node --version && npm ci --omit=dev --no-audit --no-fund", folder, cancellationToken);
        if (!succeeded)
        {
            throw new UnavailableException($"needs Node.js and its packages, and npm ci failed: {said}");
        }
    }
}
