using System.Diagnostics;

namespace OrleansChat.Benchmarks.Servers;

/// <summary>Runs commands to their end.</summary>
internal static class Shell
{
    /// <summary>Runs a command.</summary>
    /// <returns>Whether it succeeded, and all that it said.</returns>
    public static async Task<(bool Succeeded, string Said)> RunAsync(string command, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("sh", ["-c", $"{{ {command}; }} 2>&1"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode == 0, said.Trim().ReplaceLineEndings(" "));
    }
}
