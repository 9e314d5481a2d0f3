using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using OrleansChat.Testing.Product;

namespace OrleansChat.Testing.Npm;

/// <summary>
/// The packages of <c>tests/Clients</c>, installed once for each lock file and user of a machine, outside the repository: they take
/// 0.4 GB.
/// </summary>
public static class ClientPackages
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly Lazy<(string? Directory, string? Unmet)> Installation = new(Find);

    /// <summary>Where they are: the folder of <c>package.json</c> and <c>node_modules</c>.</summary>
    /// <exception cref="InvalidOperationException">They are not installed.</exception>
    public static string Directory => Installation.Value.Directory ?? throw new InvalidOperationException(Unmet);

    /// <summary>Why they are not installed; null when they are.</summary>
    public static string? Unmet => Installation.Value.Unmet;

    /// <summary>The scripts that use them, and what names them.</summary>
    public static string Scripts { get; } = Repository.PathOf("tests/Clients");

    private static (string? Directory, string? Unmet) Find()
    {
        var lockFile = Path.Combine(Scripts, "package-lock.json");
        var cache = Path.Combine(CacheDirectory(), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(lockFile)))[..16]);
        var complete = Path.Combine(cache, "complete");
        try
        {
            System.IO.Directory.CreateDirectory(cache);
            using var turn = WaitForTurn(cache);
            if (!File.Exists(complete))
            {
                Install(cache);
                File.Create(complete).Dispose();
            }

            return (cache, null);
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            return (null, $"The client packages could not be installed: {e.Message}");
        }
    }

    private static string CacheDirectory() => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } chosen
            ? chosen
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "orleanschat",
        "clients");

    // Several checkouts may be tested at once, and the first of them installs for all.
    private static FileStream WaitForTurn(string cache)
    {
        for (var waited = Stopwatch.StartNew(); ; Thread.Sleep(TimeSpan.FromMilliseconds(100)))
        {
            try
            {
                return new FileStream(Path.Combine(cache, "lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < Patience)
            {
                // Somebody else is at it.
            }
        }
    }

    private static void Install(string cache)
    {
        foreach (var name in new[] { "package.json", "package-lock.json", ".npmrc" })
        {
            File.Copy(Path.Combine(Scripts, name), Path.Combine(cache, name), overwrite: true);
        }

        string[] command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", cache];
        var npm = ProgramProcess.StartCommand(command, []);
        if (!npm.Ended.Wait(Patience))
        {
            npm.KillAsync().Wait();
            throw new InvalidOperationException($"npm was not ready after {Patience}.");
        }

        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ended with {npm.ExitCode}: {npm.Log.Trim()}");
        }
    }
}
