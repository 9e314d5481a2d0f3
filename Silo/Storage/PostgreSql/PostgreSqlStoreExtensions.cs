using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using OrleansChat.Journal;
using OrleansChat.Keys;
using OrleansChat.Storage.PostgreSql.Keys;
using OrleansChat.Storage.PostgreSql.Migrations;

namespace OrleansChat.Storage.PostgreSql;

/// <summary>Adds the database, and the store that keeps conversations in it.</summary>
internal static class PostgreSqlStoreExtensions
{
    /// <summary>
    /// Adds <see cref="PostgreSqlConversationStore"/> and, as <see cref="AddPostgreSqlDatabase"/> does, its database.
    /// </summary>
    public static IServiceCollection AddPostgreSqlStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPostgreSqlDatabase(configuration);
        services.AddSingleton<IConversationStore, PostgreSqlConversationStore>();
        services.AddSingleton<IKeyStore, PostgreSqlKeyStore>();
        return services;
    }

    /// <summary>Adds <see cref="PostgreSqlKeyStore"/> and its database alone.</summary>
    public static IServiceCollection AddPostgreSqlKeyStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPostgreSqlDatabase(configuration);
        services.AddSingleton<IKeyStore, PostgreSqlKeyStore>();
        return services;
    }

    /// <summary>
    /// Has the host wait for the database that <see cref="PostgreSqlStoreOptions.ConnectionStringKey"/> names, and bring it to this
    /// program's schema, before anything else that it starts.
    /// </summary>
    public static IServiceCollection AddPostgreSqlDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PostgreSqlStoreOptions>()
            .Bind(configuration.GetSection(PostgreSqlStoreOptions.Section))
            .Configure(options => options.ConnectionString = configuration[PostgreSqlStoreOptions.ConnectionStringKey] ?? "")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ConnectionPools>();
        services.AddSingleton(provider => new Migrator(Migration.All, provider.GetRequiredService<ILogger<Migrator>>()));
        services.AddHostedService<DatabaseStart>();
        return services;
    }
}
