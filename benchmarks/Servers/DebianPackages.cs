namespace OrleansChat.Benchmarks.Servers;

/// <summary>Installs what a baseline needs, where that needs nobody's leave.</summary>
internal static class DebianPackages
{
    public static async Task EnsureAsync(CancellationToken cancellationToken, params string[] packages)
    {
        if (await IsInstalledAsync(packages, cancellationToken))
        {
            return;
        }

        var names = string.Join(' ', packages);
        if (!Environment.IsPrivilegedProcess)
        {
            throw new UnavailableException($"needs Debian's {names}, and only root may install them");
        }

        await Console.Error.WriteLineAsync($"Installing {names} …");

        // RUNLEVEL keeps Debian from starting what it installs.
        var (succeeded, said) = await Shell.RunAsync(
            $"apt-get update -qq; DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends {names}", "/", cancellationToken);
        if (!succeeded || !await IsInstalledAsync(packages, cancellationToken))
        {
            throw new UnavailableException($"needs Debian's {names}, which apt-get does not install here: {said}");
        }
    }

    private static async Task<bool> IsInstalledAsync(string[] packages, CancellationToken cancellationToken)
    {
        var (succeeded, said) = await Shell.RunAsync(
            $"dpkg-query --show --showformat='${{db:Status-Abbrev}}\\n' {string.Join(' ', packages)}", "/", cancellationToken);
        return succeeded && said.Split('\n', StringSplitOptions.RemoveEmptyEntries).All(status => status.StartsWith("ii", StringComparison.Ordinal));
    }
}
