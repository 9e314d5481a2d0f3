using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Streams;
using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>A host with a silo and no other client than itself.</summary>
public sealed class HostingTests : IAsyncLifetime
{
    private readonly string name = $"{Guid.NewGuid()}/{Habits.TellsReasons}";
    private IHost host = null!;

    private Probe Seen => Probe.Of(name);

    public async Task InitializeAsync()
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort(), gatewayPort: 0);
            silo.AddMemoryGrainStorage("PubSubStore");
            silo.AddMemoryStreams(TestStreams.Provider, streams => streams.ConfigurePartitioning(1));
            silo.Services.AddSingleton(Seen);
            silo.AddStartupTask<FirstVisit>();
        });
        builder.Services.AddHostedService<Later>();
        host = builder.Build();
        await host.StartAsync();
    }

    public Task DisposeAsync()
    {
        host.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Startup_tasks_call_grains_before_the_hosts_other_services_start_and_grains_leave_before_services_are_gone()
    {
        await Seen.SeesAsync("startup task", "other service");
        await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IGuestGrain>(name).Visit();

        await host.StopAsync();

        await Seen.SeesAsync("comes", "leaves: ShuttingDown");
    }

    [Fact]
    public async Task The_hosts_own_code_subscribes_to_streams_and_publishes()
    {
        await Seen.SeesAsync("startup task", "other service");
        var client = host.Services.GetRequiredService<IClusterClient>();
        var stream = client.GetStreamProvider(TestStreams.Provider).GetStream<SealedBox>(StreamId.Create("sealed", name));
        await stream.SubscribeAsync((box, _) =>
        {
            Seen.Tell(box.Label);
            return Task.CompletedTask;
        });

        await stream.OnNextAsync(new SealedBox("1"));
        await stream.OnNextAsync(new SealedBox("2"));

        await Seen.SeesAsync("1", "2");
        await host.StopAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class FirstVisit(IGrainFactory grains, Probe probe) : IStartupTask
    {
        public async Task Execute(CancellationToken cancellationToken)
        {
            await grains.GetGrain<IWorkerGrain>($"{Guid.NewGuid()}").Tell("there");
            probe.Tell("startup task");
        }
    }

    private sealed class Later(Probe probe) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            probe.Tell("other service");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
