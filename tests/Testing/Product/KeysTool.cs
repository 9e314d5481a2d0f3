using OrleansChat.Testing.Secrecy;

namespace OrleansChat.Testing.Product;

/// <summary>The command that makes keys, as administrators run it.</summary>
public static class KeysTool
{
    /// <summary>Makes a key.</summary>
    /// <param name="settings">Which store, as environment variables.</param>
    /// <param name="owner">Whose.</param>
    /// <param name="scopes">For what, with commas between.</param>
    public static async Task<string> AddAsync(IEnumerable<(string Name, string Value)> settings, string owner, string scopes = "write")
    {
        var (code, log) = await RunAsync(settings, "add", "--owner", owner, "--scopes", scopes);
        var key = code == 0
            ? log.Split('\n').Single(line => line.StartsWith("oc_", StringComparison.Ordinal)).Trim()
            : throw new InvalidOperationException($"No key was made:\n{log}");
        Secrets.Keep(key);
        return key;
    }

    /// <summary>Runs it.</summary>
    /// <param name="settings">Which store, as environment variables.</param>
    /// <param name="arguments">What to do.</param>
    /// <returns>Its exit code, and everything that it wrote.</returns>
    public static async Task<(int Code, string Log)> RunAsync(IEnumerable<(string Name, string Value)> settings, params IEnumerable<string> arguments)
    {
        await using var program = ProgramProcess.StartTool("OrleansChat.Api.dll", ["keys", .. arguments], settings);
        await program.Ended;
        return (program.ExitCode, program.Log);
    }
}
