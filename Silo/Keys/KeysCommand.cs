using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Hosting;
using OrleansChat.Storage.Files;
using OrleansChat.Storage.PostgreSql;
using OrleansChat.Storage.PostgreSql.Migrations;

namespace OrleansChat.Keys;

/// <summary>
/// The command <c>keys</c> of both programs, which makes, lists, revokes and rotates API keys in the configured store, whether the product
/// runs or not. What it prints to its output is for programs, the rest for people.
/// </summary>
public static class KeysCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "keys";

    /// <summary>Runs the command.</summary>
    /// <param name="arguments">What stands behind its name.</param>
    /// <returns>The process's exit code: 0, or 1 for a mistake, or where nothing could be done.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            var line = KeysCommandLine.Parse(arguments);
            await using var services = Build(line.Configuration);
            if (services.GetService<Migrator>() is { } migrator)
            {
                await migrator.ApplyAsync(services.GetRequiredService<ConnectionPools>().Queries, CancellationToken.None);
            }

            var actions = new KeyActions(services.GetRequiredService<IKeyStore>(), TimeProvider.System, Console.Out, Console.Error);
            return await actions.RunAsync(line) ? 0 : 1;
        }
        catch (OptionsValidationException e)
        {
            return Fail(string.Join(Environment.NewLine, e.Failures));
        }
        catch (Exception e) when (e is KeysCommandException or ValidationException or InvalidOperationException or InvalidDataException or Npgsql.NpgsqlException)
        {
            return Fail(e.Message);
        }
        catch (StorageUnavailableException e)
        {
            return Fail($"{e.Message} {e.Cause?.Message}");
        }
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }

    private static ServiceProvider Build(string[] configuration)
    {
        // Configured as the programs are, so that it finds the store that they use.
        var host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = configuration, ContentRootPath = AppContext.BaseDirectory });
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddFilter("Npgsql", LogLevel.None));
        _ = host.Configuration.GetCluster().Mode == ClusterMode.PostgreSQL
            ? services.AddPostgreSqlKeyStore(host.Configuration)
            : services.AddFilesKeyStore(host.Configuration);
        return services.BuildServiceProvider();
    }
}
