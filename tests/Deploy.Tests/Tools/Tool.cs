using System.Diagnostics;
using OrleansChat.Testing;

namespace OrleansChat.Deploy.Tests.Tools;

/// <summary>Programs of others that read or run what is deployed.</summary>
internal static class Tool
{
    // Debian keeps servers where only root's path leads.
    private static readonly string[] Directories =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin", "/usr/local/sbin"];

    /// <summary>Where a program is; null if it is not installed.</summary>
    public static string? Find(string name) =>
        Directories.Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    /// <summary>Whether a program does what it is asked.</summary>
    public static bool Succeeds(string path, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    /// <summary>Runs a program that must succeed, and returns what it writes.</summary>
    public static async Task<string> RunAsync(string name, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Find(name) ?? name, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{name} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await errors}{await output}");
    }
}
