using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.Testing.PostgreSql;

/// <summary>
/// A PostgreSQL server of the caller's own: a new data directory, a port that nobody uses, and everything gone when it is
/// disposed of or the process ends. It can be stopped, killed and started again.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Superuser = "postgres";

    private readonly PostgresSettings settings;
    private readonly string directory;
    private readonly string password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly Janitor janitor;
    private Process? process;

    private PostgresServer(PostgresSettings settings)
    {
        this.settings = settings;
        directory = Directory.CreateTempSubdirectory("orleanschat-postgresql-").FullName;
        janitor = new Janitor(directory);
    }

    /// <summary>Why this machine cannot have one; null if it can.</summary>
    public static string? Unavailable { get; } = PostgresPrograms.Directory is null
        ? "PostgreSQL is not installed here (Debian: apt-get install postgresql)."
        : UnprivilegedUser.IsPossible ? null : "PostgreSQL does not run as root, and root cannot lend it another user here.";

    /// <summary>The port at which it listens, also while it is stopped.</summary>
    public int Port { get; private set; }

    /// <summary>All that it has written to its log.</summary>
    public string Log => File.Exists(LogPath) ? File.ReadAllText(LogPath) : "";

    private string DataPath => Path.Combine(directory, "data");

    private string LogPath => Path.Combine(directory, "log");

    /// <summary>Makes a server and starts it.</summary>
    public static async Task<PostgresServer> CreateAsync(PostgresSettings? settings = null)
    {
        if (Unavailable is not null)
        {
            throw new InvalidOperationException(Unavailable);
        }

        var server = new PostgresServer(settings ?? new PostgresSettings());
        try
        {
            await server.InitializeAsync();
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>How to connect to one of its databases.</summary>
    public string ConnectionString(string database = Superuser) => new NpgsqlConnectionStringBuilder
    {
        Host = settings.Address,
        Port = Port,
        Username = Superuser,
        Password = password,
        Database = database,
    }.ConnectionString;

    /// <summary>Makes an empty database.</summary>
    public Task<PostgresDatabase> CreateDatabaseAsync() => PostgresDatabase.CreateAsync(ConnectionString());

    /// <summary>Starts it, and waits until it takes connections.</summary>
    public async Task StartAsync()
    {
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        while (true)
        {
            var before = Log.Length;
            Launch();
            await janitor.WatchAsync(process!.Id);
            if (await AnswersAsync(patience.Token))
            {
                return;
            }

            await ForgetAsync();
            var said = Log[before..];
            if (said.Contains("could not bind", StringComparison.Ordinal))
            {
                Port = FreePort.Next();
            }
            else if (!said.Contains("is still in use", StringComparison.Ordinal) || patience.IsCancellationRequested)
            {
                // Otherwise the last of those that served for a killed one has not noticed yet.
                throw new InvalidOperationException($"The server does not start:\n{said}");
            }
        }
    }

    /// <summary>Tells it to stop, and waits until it has.</summary>
    public async Task StopAsync(PostgresStop how = PostgresStop.Fast)
    {
        await Command.RunAsync(["kill", how == PostgresStop.Fast ? "-INT" : "-QUIT", $"{process!.Id}"]);
        await process.WaitForExitAsync();
        await ForgetAsync();
    }

    /// <summary>Kills it with SIGKILL. The processes that serve its connections notice and end by themselves.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        await ForgetAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await janitor.DisposeAsync();
        process?.Dispose();
    }

    private static string Program(string name) => Path.Combine(PostgresPrograms.Directory!, name);

    private async Task InitializeAsync()
    {
        var passwordPath = Path.Combine(directory, "password");
        await File.WriteAllTextAsync(passwordPath, password);
        await UnprivilegedUser.GiveAsync(directory);
        await Command.RunAsync(
        [
            .. UnprivilegedUser.Prefix, Program("initdb"), "-D", DataPath, "--username", Superuser, "--pwfile", passwordPath,
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync",
        ]);

        if (OperatingSystem.IsLinux() && int.Parse(await File.ReadAllTextAsync(Path.Combine(DataPath, "PG_VERSION")), CultureInfo.InvariantCulture) >= 14)
        {
            // After a crash, one call for the whole file system in place of one for each of a thousand files: seconds less.
            await File.AppendAllTextAsync(Path.Combine(DataPath, "postgresql.conf"), "recovery_init_sync_method = syncfs\n");
        }

        // Whoever knows the password may come from anywhere that the server listens.
        await File.AppendAllTextAsync(Path.Combine(DataPath, "pg_hba.conf"), "host all all all scram-sha-256\n");
        Port = FreePort.Next();
    }

    private void Launch()
    {
        // The shell gives way to the server, so the process is the server's own.
        process = Process.Start(new ProcessStartInfo(
            "sh",
            [
                "-c", "exec \"$@\" >>\"$0\" 2>&1 </dev/null", LogPath,
                .. UnprivilegedUser.Prefix, Program("postgres"), "-D", DataPath, .. settings.Arguments(Port),
            ])
        {
            UseShellExecute = false,
            WorkingDirectory = "/",
        })!;
    }

    // False when the process ended instead.
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!process!.HasExited)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString() + ";Pooling=false");
                await connection.OpenAsync(cancellationToken);
                return true;
            }
            catch (NpgsqlException)
            {
                // Not yet.
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }

        return false;
    }

    private async Task ForgetAsync()
    {
        await janitor.WatchAsync(null);
        process?.Dispose();
        process = null;
    }
}
