using System.ComponentModel;
using System.Diagnostics;

namespace OrleansChat.Testing.PostgreSql;

/// <summary>Runs other programs to their end.</summary>
internal static class Command
{
    /// <summary>Runs a command that must succeed.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has all that it said.</exception>
    public static async Task RunAsync(IReadOnlyList<string> command)
    {
        using var process = Start(command);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}: {await output}{await errors}");
        }
    }

    /// <summary>Reads what a command says; false when it is missing or fails.</summary>
    public static bool TryRead(IReadOnlyList<string> command, out string said)
    {
        said = "";
        try
        {
            using var process = Start(command);
            said = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static Process Start(IReadOnlyList<string> command) =>
        Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
