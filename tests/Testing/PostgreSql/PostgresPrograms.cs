namespace OrleansChat.Testing.PostgreSql;

/// <summary>Finds PostgreSQL's programs on this machine.</summary>
public static class PostgresPrograms
{
    /// <summary>Names the directory that holds them, where they are in none of the usual places.</summary>
    public const string DirectoryVariable = "ORLEANSCHAT_POSTGRESQL_BIN";

    // Debian and its kin keep every version's programs in a folder of its own, off the path.
    private const string Debian = "/usr/lib/postgresql";

    /// <summary>The directory of <c>initdb</c> and <c>postgres</c>; null when there is none.</summary>
    public static string? Directory { get; } = Candidates().FirstOrDefault(Holds);

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(DirectoryVariable) is { Length: > 0 } named)
        {
            yield return named;
        }

        if (System.IO.Directory.Exists(Debian))
        {
            var versions = System.IO.Directory.GetDirectories(Debian)
                .OrderByDescending(path => int.TryParse(Path.GetFileName(path), out var version) ? version : 0);
            foreach (var version in versions)
            {
                yield return Path.Combine(version, "bin");
            }
        }

        foreach (var directory in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
        {
            yield return directory;
        }
    }

    private static bool Holds(string directory) =>
        File.Exists(Path.Combine(directory, "initdb")) && File.Exists(Path.Combine(directory, "postgres"));
}
