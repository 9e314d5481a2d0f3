using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using OrleansChat.Journal;
using OrleansChat.Storage.PostgreSql;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

public sealed class StartTests
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Username=nobody";

    [PostgresFact]
    public async Task The_schema_is_there_before_any_service_starts()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        using var host = NewHost(database.ConnectionString, builder => builder.Services.AddHostedService<FirstService>());

        await host.StartAsync();

        Assert.IsType<PostgreSqlConversationStore>(host.Services.GetRequiredService<IConversationStore>());
        await host.Services.GetRequiredService<IConversationStore>().CheckAsync(default);
        await host.StopAsync();
    }

    [PostgresServerFact]
    public async Task A_server_that_is_not_up_yet_is_waited_for_and_the_log_says_so()
    {
        await using var server = await PostgresServer.CreateAsync();
        await server.StopAsync();
        using var log = new TextLog();
        using var host = NewHost(server.ConnectionString(), builder => builder.Logging.AddProvider(log));

        var starting = host.StartAsync();
        await log.WaitForAsync("The database does not answer yet", TestLimits.Signal);
        Assert.False(starting.IsCompleted);
        await server.StartAsync();

        await starting.WaitAsync(TestLimits.Signal);
        Assert.Single(log.Lines, line => line.Contains("does not answer yet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_never_comes_stops_the_start_with_the_reason()
    {
        using var host = NewHost(Nowhere, builder => builder.Configuration["Storage:PostgreSQL:StartTimeout"] = "00:00:00");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        Assert.StartsWith(
            "The database that ConnectionStrings:PostgreSQL names did not answer within 00:00:00 (Storage:PostgreSQL:StartTimeout): ",
            error.Message,
            StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_server_that_refuses_is_not_waited_for()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        var wrong = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "no_such_database" };
        using var host = NewHost(wrong.ConnectionString);

        var error = await Assert.ThrowsAsync<PostgresException>(() => host.StartAsync());

        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, error.SqlState);
    }

    [Theory]
    [InlineData(null, "ConnectionStrings:PostgreSQL must name the database, for example Host=")]
    [InlineData("Database=x", "ConnectionStrings:PostgreSQL names no Host; for example Host=")]
    [InlineData("Host=x;Prot=5;Password=secret", "ConnectionStrings:PostgreSQL: Couldn't set prot")]
    public async Task A_connection_string_that_makes_no_sense_stops_the_start_and_is_not_shown(string? connectionString, string message)
    {
        using var host = NewHost(connectionString);

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Connections", "0", "Storage:PostgreSQL:Connections must be from 1 to 1000.")]
    [InlineData("QueueTimeout", "00:05:01", "Storage:PostgreSQL:QueueTimeout must be from 00:00:01 to 00:05:00.")]
    [InlineData("ConnectTimeout", "00:00:00", "Storage:PostgreSQL:ConnectTimeout must be from 00:00:01 to 00:01:00.")]
    [InlineData("CommandTimeout", "01:00:00", "Storage:PostgreSQL:CommandTimeout must be from 00:00:01 to 00:01:00.")]
    [InlineData("KeepAlive", "00:00:00", "Storage:PostgreSQL:KeepAlive must be from 00:00:01 to 01:00:00.")]
    [InlineData("StartTimeout", "02:00:00", "Storage:PostgreSQL:StartTimeout must be from 00:00:00 to 01:00:00.")]
    public async Task Options_that_are_out_of_range_stop_the_start(string name, string value, string message)
    {
        using var host = NewHost(Nowhere, builder => builder.Configuration[$"Storage:PostgreSQL:{name}"] = value);

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_are_those_of_the_documentation()
    {
        var options = new PostgreSqlStoreOptions();

        Assert.Equal(16, options.Connections);
        Assert.Equal(TimeSpan.FromSeconds(30), options.QueueTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), options.ConnectTimeout);
        Assert.Equal(TimeSpan.FromSeconds(5), options.CommandTimeout);
        Assert.Equal(TimeSpan.FromSeconds(30), options.KeepAlive);
        Assert.Equal(TimeSpan.FromMinutes(1), options.StartTimeout);
    }

    private static IHost NewHost(string? connectionString, Action<HostApplicationBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration["ConnectionStrings:PostgreSQL"] = connectionString;
        configure?.Invoke(builder);
        builder.Services.AddPostgreSqlStore(builder.Configuration);
        return builder.Build();
    }

    private sealed class FirstService(ConnectionPools pools) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await using var command = pools.Queries.CreateCommand("SELECT count(*) FROM orleanschat.conversations");
            Assert.Equal(0L, await command.ExecuteScalarAsync(cancellationToken));
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
