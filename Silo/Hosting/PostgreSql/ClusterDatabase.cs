using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace OrleansChat.Hosting;

/// <summary>How Orleans' providers connect to the database: with a pool of their own beside the store's.</summary>
internal static class ClusterDatabase
{
    private const string Key = "PostgreSQL";

    // Membership must not queue behind appends: a silo that cannot vote while the store is busy would keep a dead one alive. What
    // the providers ask is rare and small.
    private const int Connections = 4;

    // A statement that hangs, because the network went, holds back every vote behind it; Orleans tries again by itself.
    private const int PatienceInSeconds = 5;

    /// <summary>The connection string.</summary>
    /// <exception cref="ValidationException">There is none, or it is malformed.</exception>
    public static string From(IConfiguration configuration)
    {
        var configured = configuration.GetConnectionString(Key);
        if (string.IsNullOrWhiteSpace(configured))
        {
            throw new ValidationException(
                $"Cluster:Mode is {nameof(ClusterMode.PostgreSQL)}, which needs ConnectionStrings:{Key}, "
                + "such as Host=db.internal;Database=orleanschat;Username=orleanschat;Password=…");
        }

        return new NpgsqlConnectionStringBuilder(Checked(configured))
        {
            MinPoolSize = 0,
            MaxPoolSize = Connections,
            Timeout = PatienceInSeconds,
            CommandTimeout = PatienceInSeconds,
            ApplicationName = "orleanschat membership",

            // The providers name their one table without a schema.
            SearchPath = "orleanschat",
        }.ConnectionString;
    }

    private static string Checked(string configured)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(configured).ConnectionString;
        }
        catch (ArgumentException e)
        {
            // The text itself holds a password and is not shown.
            throw new ValidationException($"ConnectionStrings:{Key} is not a connection string of Npgsql: {e.Message}", e);
        }
    }
}
