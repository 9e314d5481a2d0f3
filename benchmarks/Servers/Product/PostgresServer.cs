using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Servers.Product;

/// <summary>A PostgreSQL server of the run's own, as PostgreSQL is by default: every commit waits for the disk.</summary>
internal static class PostgresServer
{
    private const string Debian = "/usr/lib/postgresql";

    // Root lends it this user, because it refuses to run as root. Debian's package makes it.
    private const string User = "postgres";

    /// <summary>Starts it.</summary>
    /// <returns>How to connect to its one database.</returns>
    public static async Task<string> StartAsync(ServerUnderTest server, ServerStart start, CancellationToken cancellationToken)
    {
        var programs = await FindAsync(cancellationToken);
        var folder = server.NewFolder();
        var data = Path.Combine(folder, "data");
        var asUser = Environment.IsPrivilegedProcess ? $"setpriv --reuid={User} --regid={User} --init-groups -- " : "";
        var own = Environment.IsPrivilegedProcess ? $"chown {User} '{folder}' && " : "";
        var (succeeded, said) = await Shell.RunAsync(
            $"{own}{asUser}'{programs}/initdb' -D '{data}' --username {User} --auth trust --encoding UTF8 --locale C", folder, cancellationToken);
        if (!succeeded)
        {
            throw new UnavailableException($"initdb failed: {said}");
        }

        var port = Roles.FreePort();
        var process = server.Start(
            $"{asUser}'{programs}/postgres' -D '{data}' -c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= "
            + "-c max_connections=300 -c shared_buffers=256MB 2>&1",
            start.Pinning.Server,
            folder,
            []);

        // Killed, it would leave its shared memory behind.
        process.EndSignal = "QUIT";
        await Readiness.WaitForLineAsync("PostgreSQL", process, "ready to accept connections", start.Patience, cancellationToken);
        return $"Host=127.0.0.1;Port={port};Username={User};Database=postgres";
    }

    private static async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        if (Find() is { } found)
        {
            return found;
        }

        await DebianPackages.EnsureAsync(cancellationToken, "postgresql");
        return Find() ?? throw new UnavailableException("PostgreSQL is installed, and its programs are in none of the usual places");
    }

    private static string? Find()
    {
        var versions = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(path => int.TryParse(Path.GetFileName(path), out var version) ? version : 0)
            : Enumerable.Empty<string>();
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return versions.Select(version => Path.Combine(version, "bin")).Concat(path.Split(Path.PathSeparator))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }
}
