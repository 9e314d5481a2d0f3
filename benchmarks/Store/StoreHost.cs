using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;
using OrleansChat.Hosting;
using OrleansChat.Journal;
using OrleansChat.Models;
using OrleansChat.Storage.Files;
using OrleansChat.Storage.PostgreSql;
using OrleansChat.Testing;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Benchmarks.Store;

/// <summary>A silo of this process on one of the stores, each with its defaults, and an empty directory or a server of its own.</summary>
internal sealed class StoreHost : IAsyncDisposable
{
    private readonly IHost host;
    private readonly TemporaryDirectory directory;
    private readonly PostgresServer? server;

    private StoreHost(IHost host, TemporaryDirectory directory, PostgresServer? server)
    {
        this.host = host;
        this.directory = directory;
        this.server = server;
    }

    /// <summary>The store.</summary>
    public IConversationStore Store => host.Services.GetRequiredService<IConversationStore>();

    /// <summary>Starts it.</summary>
    public static async Task<StoreHost> StartAsync(string store)
    {
        var data = new TemporaryDirectory();
        var postgres = store == "postgresql" ? await PostgresServer.CreateAsync() : null;
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration["Storage:Path"] = data.Path;
        builder.Configuration["ConnectionStrings:PostgreSQL"] = postgres?.ConnectionString();
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning);
        _ = store switch
        {
            "files" => builder.Services.AddFilesStore(builder.Configuration),
            "postgresql" => builder.Services.AddPostgreSqlStore(builder.Configuration),
            _ => throw new UsageException($"--stores: '{store}' is neither files nor postgresql."),
        };
        builder.Services.AddModels(builder.Configuration);
        var options = builder.Configuration.GetCluster();
        builder.UseOrleans(orleans =>
        {
            orleans.UseLocalCluster(options, gateway: false);
            orleans.AddDelivery();
            orleans.AddConversations();
        });
        var silo = builder.Build();
        await silo.StartAsync();
        return new StoreHost(silo, data, postgres);
    }

    /// <summary>Has a conversation's grain come to life, and returns when it has answered.</summary>
    public async Task ActivateAsync(ConversationKey key)
    {
        var grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IConversationGrain>(key.ToString());
        _ = await grain.Get(key.Owner) ?? throw new InvalidOperationException($"{key} is not there.");
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
        directory.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
